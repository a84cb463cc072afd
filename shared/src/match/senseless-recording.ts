/** What is kept of how a match went makes no sense: there is no use in reading it once more. */
export class SenselessRecording extends Error {
  override name = 'SenselessRecording';
}

/** What `read` makes of it. @throws SenselessRecording when it cannot */
export function makeSense<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SenselessRecording((error as Error).message, { cause: error });
  }
}
