/** What a client sends: texts, bytes, and frames that no library would send. */
import fc from 'fast-check';
import { type ClientFrameBytes, encodeFrame, opcode } from '../wire/frame.ts';
import { anyText, rightText, tooLongText } from './texts.ts';

/** One thing that a client sends. Bytes are written in hex, so that a report can be read. */
export type Item =
  | { kind: 'text'; text: string }
  | { kind: 'binary'; hex: string }
  /** A text in several frames, perhaps with a ping after the first. */
  | { kind: 'fragments'; text: string; cuts: number[]; ping: boolean }
  | { kind: 'ping'; hex: string }
  | { kind: 'pong'; hex: string }
  /** More than 512 bytes. */
  | { kind: 'too long'; text: string; cuts: number[] }
  /** What RFC 6455 forbids. */
  | { kind: 'forbidden'; what: Forbidden }
  /** The end of a connection, as a client should end it. */
  | { kind: 'close' }
  /** Bytes of which nobody can say what they mean; whatever follows is part of them. */
  | { kind: 'garbage'; hex: string };

const ping = Buffer.from('{"type":"PING"}');
const none = Buffer.alloc(0);

/** Frames that a server must not put up with, by what is wrong with them. */
const forbidden = {
  'reserved bit 1': [{ opcode: opcode.text, payload: ping, rsv: 4 }],
  'reserved bit 2': [{ opcode: opcode.text, payload: ping, rsv: 2 }],
  'reserved bit 3': [{ opcode: opcode.text, payload: ping, rsv: 1 }],
  'reserved opcode 3': [{ opcode: 3, payload: ping }],
  'reserved opcode 7': [{ opcode: 7, payload: none }],
  'reserved opcode 11': [{ opcode: 11, payload: none }],
  'reserved opcode 15': [{ opcode: 15, payload: ping }],
  'no mask': [{ opcode: opcode.text, payload: ping, masked: false }],
  'ping in fragments': [{ opcode: opcode.ping, payload: none, fin: false }],
  'long ping': [{ opcode: opcode.ping, payload: Buffer.alloc(126) }],
  'long close': [{ opcode: opcode.close, payload: Buffer.alloc(200, 3) }],
  'close of one byte': [{ opcode: opcode.close, payload: Buffer.alloc(1, 3) }],
  'nothing to continue': [{ opcode: opcode.continuation, payload: ping }],
  'text in the middle of a text': [
    { opcode: opcode.text, payload: ping, fin: false },
    { opcode: opcode.text, payload: ping },
  ],
  'text that is no UTF-8': [
    { opcode: opcode.text, payload: Buffer.from('{"type":"PING\xff\xfe"}', 'latin1') },
  ],
  'half of a pair in UTF-8': [{ opcode: opcode.text, payload: Buffer.from([0xed, 0xa0, 0x80]) }],
  'a length beyond all': [
    { opcode: opcode.text, payload: none, declared: 0xffff_ffff_ffff_ffffn, lengthBits: 64 },
  ],
  'a length of gigabytes': [
    { opcode: opcode.binary, payload: none, declared: 0x1_0000_0000n, lengthBits: 64 },
  ],
} satisfies Record<string, ClientFrameBytes[]>;
type Forbidden = keyof typeof forbidden;

const hex = (least: number, most: number) =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((bytes) => Buffer.from(bytes).toString('hex'));
const cuts = fc.array(fc.nat(520), { maxLength: 4 });

const text = (texts: fc.Arbitrary<string>) =>
  texts.filter((each) => Buffer.byteLength(each) <= 512).map((each): Item => ({ kind: 'text', text: each }));

export const rightItem: fc.Arbitrary<Item> = fc.oneof(
  { weight: 20, arbitrary: text(rightText) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('fragments'), text: rightText, cuts, ping: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('ping', 'pong'), hex: hex(0, 125) }) },
);

export const wrongItem: fc.Arbitrary<Item> = fc.oneof(
  { weight: 12, arbitrary: text(anyText) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('binary'), hex: hex(0, 60) }) },
);

/** What ends a connection. */
export const lastItem: fc.Arbitrary<Item> = fc.oneof(
  fc.record({ kind: fc.constant('too long'), text: tooLongText, cuts }),
  fc.record({
    kind: fc.constant('forbidden'),
    what: fc.constantFrom(...(Object.keys(forbidden) as Forbidden[])),
  }),
  fc.record({ kind: fc.constant('close') }),
  fc.record({ kind: fc.constant('garbage'), hex: hex(1, 300) }),
  // The beginning of a frame, and no more.
  rightText.chain((whole) => {
    const bytes = encodeFrame({ opcode: opcode.text, payload: Buffer.from(whole) });
    return fc
      .integer({ min: 1, max: bytes.length - 1 })
      .map((length): Item => ({ kind: 'garbage', hex: bytes.toString('hex', 0, length) }));
  }),
);

/** The item as it goes over the wire. */
export function encodeItem(item: Item): Buffer {
  switch (item.kind) {
    case 'text':
      return encodeFrame({ opcode: opcode.text, payload: Buffer.from(item.text) });
    case 'binary':
      return encodeFrame({ opcode: opcode.binary, payload: Buffer.from(item.hex, 'hex') });
    case 'fragments':
      return fragments(item.text, item.cuts, item.ping && item.cuts.length > 0);
    case 'too long':
      return fragments(item.text, item.cuts, false);
    case 'ping':
    case 'pong':
      return encodeFrame({ opcode: opcode[item.kind], payload: Buffer.from(item.hex, 'hex') });
    case 'forbidden':
      return Buffer.concat(forbidden[item.what].map(encodeFrame));
    case 'close':
      return encodeFrame({ opcode: opcode.close, payload: Buffer.from([0x03, 0xe8]) });
    case 'garbage':
      return Buffer.from(item.hex, 'hex');
  }
}

/** Cut anywhere, in the middle of a character as well. */
function fragments(whole: string, cutsAt: number[], hasPing: boolean): Buffer {
  const bytes = Buffer.from(whole);
  const at = [...new Set(cutsAt.map((cut) => Math.min(cut, bytes.length)))].sort((a, b) => a - b);
  const bounds = [0, ...at, bytes.length];
  const parts = bounds.slice(1).map((end, i) => bytes.subarray(bounds[i], end));
  return Buffer.concat(
    parts.flatMap((payload, i) => {
      const frame = encodeFrame({
        opcode: i === 0 ? opcode.text : opcode.continuation,
        payload,
        fin: i === parts.length - 1,
      });
      return i === 0 && hasPing ? [frame, encodeFrame({ opcode: opcode.ping, payload: none })] : [frame];
    }),
  );
}
