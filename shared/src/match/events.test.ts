import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MatchEvent, parseEvent } from './events.ts';

const event = {
  ...{ type: 'click', seq: 7, role: 'p1', count: 1, ack: 5, p1Score: 5, p2Score: 2 },
  ...{ at: 1_700_000_000_000_000, until: 9, id: 1, x: 5, y: 5, claimedBy: 'a', bonusUntil: 3 },
  ...{ winner: 'draw', reason: '' },
};
const odd = fc.constantFrom(null, true, '1', 0.5, 2 ** 53, [], {}, undefined);

test('an event is understood as the schema has it, whatever is wrong with it', () => {
  const types = MatchEvent.def.options.map((option) => option.shape.type.def.values[0]);
  const json = fc.record({
    type: fc.constantFrom(...types, 'none'),
    wrong: fc.dictionary(fc.constantFrom(...Object.keys(event)), odd, { maxKeys: 2 }),
  });
  fc.assert(
    fc.property(json, ({ type, wrong }) => {
      const text = JSON.stringify({ ...event, type, ...wrong });
      const expected = MatchEvent.safeParse(JSON.parse(text));
      if (!expected.success) expect(() => parseEvent(text)).toThrow();
      // What is not part of an event may be left on it.
      else expect(parseEvent(text)).toMatchObject(expected.data);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['', 'null', '7', '[]', '{"type":"click"'])('%j is no event', (text) => {
  expect(() => parseEvent(text)).toThrow();
});
