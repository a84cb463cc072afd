import { expect, test } from 'vitest';
import { ProtocolError, type Reply, ReplyError, RespReader } from './reader.ts';

function reading() {
  const heard: ['reply' | 'push', Reply][] = [];
  const reader = new RespReader({
    reply: (value) => heard.push(['reply', value]),
    push: (parts) => heard.push(['push', parts]),
  });
  return { heard, read: (bytes: string | Buffer) => reader.read(Buffer.from(bytes as string)) };
}

/** One of each kind, and what each means. */
const stream = [
  '+OK\r\n',
  ':12\r\n',
  ':-3\r\n',
  '$5\r\nhello\r\n',
  '$0\r\n\r\n',
  '$-1\r\n',
  '_\r\n',
  '#t\r\n',
  '#f\r\n',
  ',1.5\r\n',
  '-MOVED 12 127.0.0.1:6380\r\n',
  '*3\r\n$2\r\nok\r\n:7\r\n*2\r\n:1\r\n_\r\n',
  '*0\r\n',
  '*-1\r\n',
  '%1\r\n$5\r\nproto\r\n:3\r\n',
  '~2\r\n:1\r\n:2\r\n',
  '>3\r\n$8\r\nsmessage\r\n$1\r\nc\r\n$14\r\nGrüße \r\n🍪\r\n',
  '+PONG\r\n',
].join('');
const meaning = [
  ['reply', 'OK'],
  ['reply', 12],
  ['reply', -3],
  ['reply', 'hello'],
  ['reply', ''],
  ['reply', null],
  ['reply', null],
  ['reply', true],
  ['reply', false],
  ['reply', 1.5],
  ['reply', new ReplyError('MOVED 12 127.0.0.1:6380')],
  ['reply', ['ok', 7, [1, null]]],
  ['reply', []],
  ['reply', null],
  ['reply', ['proto', 3]],
  ['reply', [1, 2]],
  ['push', ['smessage', 'c', 'Grüße \r\n🍪']],
  ['reply', 'PONG'],
];

test('each kind of value is read, and what is pushed is told from replies', () => {
  const { heard, read } = reading();
  read(stream);
  expect(heard).toEqual(meaning);
});

test('wherever the pieces are cut, in the middle of a character too, the same is read', () => {
  const bytes = Buffer.from(stream);
  for (let cut = 1; cut < bytes.length; cut++) {
    const { heard, read } = reading();
    read(bytes.subarray(0, cut));
    read(bytes.subarray(cut));
    expect(heard).toEqual(meaning);
  }
  const { heard, read } = reading();
  for (const byte of bytes) read(Buffer.of(byte));
  expect(heard).toEqual(meaning);
});

test('what is not RESP3 is refused', () => {
  for (const bytes of [
    'HTTP/1.1 400 Bad Request\r\n',
    '$x\r\n',
    ':1x\r\n',
    '$3\r\nabcdef\r\n',
    '*1\r\n?\r\n',
  ]) {
    expect(() => reading().read(bytes), bytes).toThrow(ProtocolError);
  }
});

test('a reply without an end is refused before it fills the memory', () => {
  const { read } = reading();
  read('$99999999\r\n');
  expect(() => {
    for (let i = 0; i < 20; i++) read(Buffer.alloc(1_000_000, 'x'));
  }).toThrow(ProtocolError);
});
