import { ClientFrame, highestSeq, mostClicks } from '@overcookied/shared/protocol.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFrame } from './frame-parser.ts';

const parse = (frame: unknown) => parseFrame(JSON.stringify(frame));

test.each([
  [
    { type: 'JOIN_QUEUE', payload: { mode: 'ranked' } },
    { type: 'JOIN_QUEUE', payload: { mode: 'ranked' } },
  ],
  [{ type: 'JOIN_QUEUE' }, { type: 'JOIN_QUEUE', payload: { mode: 'ranked' } }],
  [
    { type: 'CLICK', payload: {} },
    { type: 'CLICK', payload: { count: 1 } },
  ],
  [
    { type: 'CLICK', payload: { count: 2 } },
    { type: 'CLICK', payload: { count: 2 } },
  ],
  [
    { type: 'CLICK', payload: { count: 2, seq: 9 } },
    { type: 'CLICK', payload: { count: 2, seq: 9 } },
  ],
  [
    { type: 'COOKIE_CLICK', payload: { id: 3 }, more: 1 },
    { type: 'COOKIE_CLICK', payload: { id: 3 } },
  ],
  [
    { type: 'PING', payload: { t: 1.5 } },
    { type: 'PING', payload: { t: 1.5 } },
  ],
])('%j is understood', (sent, frame) => {
  expect(parse(sent)).toEqual({ frame });
});

describe('what is wrong is said, and what is right', () => {
  test.each([
    ['', 'bad_frame', 'must be JSON'],
    ['{"type":', 'bad_frame', 'must be JSON'],
    ['null', 'bad_frame', 'must be objects with a type'],
    ['[]', 'bad_frame', 'must be objects with a type'],
    ['{"payload":{}}', 'bad_frame', 'must be objects with a type'],
    ['{"type":"SHOOT","payload":{}}', 'unknown_type', 'type must be one of JOIN_QUEUE, LEAVE_QUEUE, CLICK'],
    ['{"type":"__proto__","payload":{}}', 'unknown_type', 'type must be one of'],
    ['{"type":"CLICK","payload":null}', 'bad_payload', 'CLICK: payload: Invalid input: expected object'],
    ['{"type":"CLICK","payload":{"count":"3"}}', 'bad_payload', 'payload.count'],
    ['{"type":"CLICK","payload":{"count":0}}', 'bad_payload', 'payload.count'],
    ['{"type":"CLICK","payload":{"count":1.5}}', 'bad_payload', 'payload.count'],
    ['{"type":"CLICK","payload":{"count":3,"seq":2}}', 'bad_payload', 'clicks are numbered from 1'],
    ['{"type":"CLICK","payload":{"count":1,"seq":1e300}}', 'bad_payload', 'payload.seq'],
    ['{"type":"JOIN_QUEUE","payload":{"mode":"private"}}', 'bad_payload', 'payload.code: must be there'],
    ['{"type":"JOIN_QUEUE","payload":{"mode":"private","code":"a b"}}', 'bad_payload', 'payload.code'],
    ['{"type":"JOIN_QUEUE","payload":{"mode":"rated"}}', 'bad_payload', 'payload.mode'],
  ])('%s', (text, code, message) => {
    expect(parseFrame(text)).toEqual({ bad: { code, message: expect.stringContaining(message) } });
  });

  test('a binary frame', () => {
    expect(parseFrame(new ArrayBuffer(8))).toEqual({
      bad: { code: 'bad_frame', message: 'frames must be text, not binary' },
    });
  });
});

test('clicks are numbered up to a limit, and so many at most are sent at once', () => {
  const click = (count: number, seq: number) => parse({ type: 'CLICK', payload: { count, seq } });
  expect(click(mostClicks, highestSeq)).toHaveProperty('frame');
  expect(click(mostClicks + 1, highestSeq)).toHaveProperty('bad');
  expect(click(mostClicks, highestSeq + 1)).toHaveProperty('bad');
});

test('a click is understood as the schema has it, whatever is wrong with it', () => {
  const odd = fc.constantFrom(
    null,
    true,
    '1',
    0.5,
    -1,
    0,
    mostClicks,
    mostClicks + 1,
    highestSeq + 1,
    [],
    {},
  );
  const value = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 30 }) }, odd);
  const click = fc.record(
    {
      type: fc.oneof({ weight: 9, arbitrary: fc.constant('CLICK') }, odd),
      payload: fc.oneof(
        { weight: 9, arbitrary: fc.record({ count: value, seq: value, more: value }, { requiredKeys: [] }) },
        odd,
      ),
      more: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(click, (json) => {
      const parsed = parse(json);
      const expected = ClientFrame.safeParse(json);
      if (expected.success) expect(parsed).toEqual({ frame: expected.data });
      else expect(parsed).toHaveProperty('bad');
    }),
    { numRuns: 2_000 },
  );
});
