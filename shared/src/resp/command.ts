/**
 * A command as RESP has it, for a socket.
 *
 * @param args its name first; numbers are written in full
 */
export function commandText(args: readonly (string | number)[]): string {
  return `*${args.length}\r\n${args.map(argumentText).join('')}`;
}

/** One argument of a command. */
export function argumentText(value: string | number): string {
  const text = String(value);
  return `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}
