import { Encoder, schema, t } from '@colyseus/schema';
import { expect, test } from 'vitest';
import { Player } from '../player.ts';
import { colyseus } from './colyseus.ts';

const Scores = schema({ p1: t.uint32(), p2: t.uint32() });

test("the score is read from the whole state and from what changes of it, one's own alone", () => {
  const state = new Scores();
  state.p1 = 3;
  state.p2 = 70_000;
  const encoder = new Encoder(state);
  const p2 = new Player({ match: 'room', role: 'p2' }, 0, () => {});
  colyseus.hear(Buffer.from([14, ...encoder.encodeAll()]), p2);
  expect(p2.counted).toBe(70_000);
  encoder.discardChanges();
  state.p1 = 4;
  colyseus.hear(Buffer.from([15, ...encoder.encode()]), p2);
  expect(p2.counted).toBe(70_000);
  encoder.discardChanges();
  state.p1 = 5;
  state.p2 = 70_001;
  colyseus.hear(Buffer.from([15, ...encoder.encode()]), p2);
  expect(p2.counted).toBe(70_001);
});
