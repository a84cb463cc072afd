/** Where a picture can go from here. Each of these throws what the browser threw, or does nothing when the player changes their mind. */

/** The picture as the file that others get. */
export const fileOf = (picture: Blob): File => new File([picture], 'overcookied.png', { type: picture.type });

export const canSend = (file: File): boolean => navigator.canShare?.({ files: [file] }) ?? false;
export const canCopy = (): boolean => 'ClipboardItem' in window && 'clipboard' in navigator;

/** Hands it to an app of the player's choice. */
export async function send(file: File, text: string): Promise<void> {
  try {
    await navigator.share({ files: [file], text });
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
}

export function copy(picture: Blob): Promise<void> {
  return navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })]);
}

/** Has the browser save it. */
export function download(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // Not at once: some browsers begin to read it only later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
