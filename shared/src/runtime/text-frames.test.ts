import type { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ws from 'ws';
import { textFrames } from './text-frames.ts';

/** Not in ws' types. */
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable };

/** What a client reads: ws itself, which refuses whatever is against the protocol. */
function read(frames: Buffer): Promise<string[]> {
  const texts: string[] = [];
  return new Promise((resolve, reject) => {
    const receiver = new Receiver({ isServer: false });
    receiver.on('message', (data: Buffer, isBinary: boolean) =>
      texts.push(isBinary ? 'binary' : String(data)),
    );
    receiver.on('error', reject);
    receiver.end(frames, () => setImmediate(() => resolve(texts)));
  });
}

test.each([0, 1, 41, 42, 125, 126, 127, 1_000, 65_535])('a text of %i bytes', async (length) => {
  const text = 'x'.repeat(length);
  expect(await read(textFrames([text]))).toEqual([text]);
});

test('any texts, one after the other', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'grapheme', minLength: 40, maxLength: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (texts) => {
      expect(await read(textFrames(texts))).toEqual(texts);
    }),
  );
});

test('a text that is too long for the header is refused', () => {
  expect(() => textFrames(['x'.repeat(65_536)])).toThrow(RangeError);
});
