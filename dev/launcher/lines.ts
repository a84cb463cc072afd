import type { Readable } from 'node:stream';

const mostChars = 64 * 1_024;

/**
 * Calls `onLine` with each line of a stream, without its end. A line that is too long is cut: a process that
 * writes without line ends must not fill the launcher's memory.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  let wasCut = false;
  const emit = (line: string) => {
    // Of a line that was cut there is no more to show.
    if (!wasCut) onLine(line.length > mostChars ? `${line.slice(0, mostChars)}… (cut)` : line);
  };
  stream.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...others] = text.split('\n');
    rest += first;
    for (const other of others) {
      emit(rest);
      wasCut = false;
      rest = other;
    }
    if (rest.length <= mostChars) return;
    emit(rest);
    wasCut = true;
    rest = '';
  });
  stream.on('end', () => {
    if (rest) emit(rest);
  });
}
