/** The most that a frame's header takes: what is sent here has less than 64 kB. */
const headerBytes = 4;

/**
 * Text frames of WebSockets as a server sends them (RFC 6455, 5.2), one after the other in one piece, so that one write
 * does for all: writes are most of what a click costs.
 *
 * @throws RangeError when a text has more than 65,535 bytes
 */
export function textFrames(texts: string[]): Buffer {
  // No character takes more than three bytes.
  const most = texts.reduce((sum, text) => sum + headerBytes + 3 * text.length, 0);
  const frames = Buffer.allocUnsafe(most);
  let end = 0;
  for (const text of texts) {
    // Where it is long enough for the longer header to be needed; it may not be, if its characters take one byte each.
    const bytes = 3 * text.length < 126 ? undefined : Buffer.byteLength(text);
    const isShort = bytes === undefined || bytes < 126;
    const start = end + (isShort ? 2 : headerBytes);
    const length = frames.write(text, start);
    frames[end] = 0x81;
    if (isShort) frames[end + 1] = length;
    else {
      frames[end + 1] = 126;
      frames.writeUInt16BE(length, end + 2);
    }
    end = start + length;
  }
  return frames.subarray(0, end);
}
