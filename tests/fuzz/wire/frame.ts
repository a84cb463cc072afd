/** Frames of RFC 6455, also such as no library would send. */
import { randomBytes } from 'node:crypto';

export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame of a client, right or wrong in any part. */
export interface ClientFrameBytes {
  opcode: number;
  payload: Uint8Array;
  /** Whether it is the last of its message; true unless told. */
  fin?: boolean;
  /** The three reserved bits; 0 unless told. */
  rsv?: number;
  /** Whether it is masked, as a client's must be; true unless told. */
  masked?: boolean;
  /** What it says of its length; what it is unless told. */
  declared?: bigint;
  /** In how many bits the length is written; the fewest unless told. */
  lengthBits?: 7 | 16 | 64;
}

/** The frame as it goes over the wire. */
export function encodeFrame(frame: ClientFrameBytes): Buffer {
  const { payload, fin = true, rsv = 0, masked = true } = frame;
  const declared = frame.declared ?? BigInt(payload.length);
  const bits = frame.lengthBits ?? (declared < 126n ? 7 : declared < 65_536n ? 16 : 64);
  const extended = bits === 7 ? 0 : bits / 8;
  const head = Buffer.alloc(2 + extended);
  head[0] = (fin ? 0x80 : 0) | ((rsv & 7) << 4) | (frame.opcode & 0x0f);
  head[1] = (masked ? 0x80 : 0) | (bits === 7 ? Number(declared & 0x7fn) : bits === 16 ? 126 : 127);
  if (bits === 16) head.writeUInt16BE(Number(declared & 0xffffn), 2);
  if (bits === 64) head.writeBigUInt64BE(BigInt.asUintN(64, declared), 2);
  if (!masked) return Buffer.concat([head, payload]);
  const mask = randomBytes(4);
  const body = Buffer.from(payload);
  for (let i = 0; i < body.length; i++) body[i] = (body[i] ?? 0) ^ (mask[i & 3] ?? 0);
  return Buffer.concat([head, mask, body]);
}

/** A frame of the server. */
export interface ServerFrameBytes {
  opcode: number;
  payload: Buffer;
}

/** Takes a server's bytes apart into frames; they are expected to be right. */
export class FrameReader {
  #unread: Buffer = Buffer.alloc(0);

  /** @returns the frames that these bytes complete. @throws Error on what no server may send */
  push(bytes: Buffer): ServerFrameBytes[] {
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    const frames: ServerFrameBytes[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): ServerFrameBytes | undefined {
    const bytes = this.#unread;
    const [first, second] = bytes;
    if (first === undefined || second === undefined) return undefined;
    // This product never fragments, compresses or masks what it says.
    if ((first & 0xf0) !== 0x80 || second & 0x80)
      throw new Error(`no frame of a server: ${bytes.toString('hex', 0, 16)}`);
    const extended = second < 126 ? 0 : second === 126 ? 2 : 8;
    const start = 2 + extended;
    if (bytes.length < start) return undefined;
    const length =
      extended === 0 ? second : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < start + length) return undefined;
    this.#unread = bytes.subarray(start + length);
    return { opcode: first & 0x0f, payload: bytes.subarray(start, start + length) };
  }
}
