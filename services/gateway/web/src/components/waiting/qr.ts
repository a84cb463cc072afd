/** A QR code as a picture: its sides in modules, and one path of all that is dark. */
import { encode } from 'uqr';

export interface QrCode {
  /** With the light margin without which scanners find nothing. */
  size: number;
  /** For an SVG whose unit is a module. */
  path: string;
}

/** What the standard asks for, in modules. */
const margin = 4;

/** @throws Error when the text is longer than a QR code can hold */
export function qrOf(text: string): QrCode {
  // Up to 15 % of it may be dirty or glare.
  const { size, data } = encode(text, { ecc: 'M', border: margin });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return { size, path: path.join('') };
}
