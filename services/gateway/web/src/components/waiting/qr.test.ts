import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { linkOf, newCode } from '../../state/invitation.ts';
import { type QrCode, qrOf } from './qr.ts';

/** Each module's side in the picture, in pixels. */
const scale = 4;

/** The dark modules, as the path has them. */
const darkOf = ({ path }: QrCode) =>
  [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

/** What a scanner reads. */
function scan(code: QrCode): string {
  const side = code.size * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [x, y] of darkOf(code)) {
    for (let i = 0; i < scale * scale; i++) {
      const at = (y * scale + Math.floor(i / scale)) * side + x * scale + (i % scale);
      data.fill(0, at * 4, at * 4 + 3);
    }
  }
  return decodeQR({ width: side, height: side, data });
}

describe('a QR code', () => {
  it.each([
    ['a short link', linkOf(newCode(), 'http://127.0.0.1:8080/')],
    [
      'a long one',
      linkOf(newCode(), `https://play.${'a-very-long-name.'.repeat(8)}example.org/some/path?and=more`),
    ],
  ])('says %s', (_name, link) => {
    expect(scan(qrOf(link))).toBe(link);
  });

  it('keeps the margin that scanners need', () => {
    const code = qrOf(linkOf(newCode(), 'https://play.example.org/'));
    const places = darkOf(code).flat();
    expect(Math.min(...places)).toBe(4);
    expect(Math.max(...places)).toBe(code.size - 5);
  });

  it('cannot hold more than it can', () => {
    expect(() => qrOf('x'.repeat(10_000))).toThrow();
  });
});
