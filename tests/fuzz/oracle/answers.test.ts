import { expect, test } from 'vitest';
import type { Item } from '../arbitraries/items.ts';
import type { Received } from '../wire/client.ts';
import { Answers } from './answers.ts';

const text = (value: string): Item => ({ kind: 'text', text: value });
const ping = (t: number) => text(`{"type":"PING","payload":{"t":${t}}}`);
const pong = (t: number): Received => ({ kind: 'frame', type: 'PONG', payload: { t, now: 1 } });
const error = (code: string): Received => ({
  kind: 'frame',
  type: 'ERROR',
  payload: { code, message: 'no' },
});

test('what is due at once is due in order', () => {
  const answers = new Answers();
  for (const item of [ping(1), text('hello'), text('{"type":"SHOOT"}'), ping(2)]) answers.send(item);
  for (const each of [pong(1), error('bad_frame'), error('unknown_type')]) answers.receive(each);
  expect(answers.missing).toContain('"t":2');
  answers.receive(pong(2));
  expect([answers.missing, answers.problem]).toEqual([undefined, undefined]);
  answers.receive(pong(3));
  expect(answers.problem).toContain('instead of nothing');
});

test('an answer to something else is none', () => {
  const answers = new Answers();
  answers.send(text('{"type":"CLICK","payload":{"count":0}}'));
  answers.receive(error('bad_frame'));
  expect(answers.problem).toContain('bad_payload');
});

test('the twentieth bad frame is answered by the end, with the right code', () => {
  const answers = new Answers();
  for (let i = 0; i < 20; i++) answers.send(text('x'));
  for (let i = 0; i < 19; i++) answers.receive(error('bad_frame'));
  expect(answers.missing).toContain('the end');
  answers.ended({ code: 1008, reason: '' });
  expect([answers.missing, answers.problem]).toEqual([undefined, undefined]);
  const others = new Answers();
  others.send({ kind: 'too long', text: 'x'.repeat(513), cuts: [] });
  others.ended({ code: 1008, reason: '' });
  expect(others.problem).toContain('512');
});

test('nobody is closed for nothing', () => {
  const answers = new Answers();
  answers.send(ping(1));
  answers.ended({ code: 1006, reason: '' });
  expect(answers.problem).toContain('for nothing');
});

test('a request is answered by what it asks for, or by a refusal, which need not be said twice', () => {
  const answers = new Answers();
  answers.send(text('{"type":"QUIT_GAME"}'));
  answers.receive({ kind: 'frame', type: 'QUEUED', payload: { since: 1 } });
  expect(answers.missing).toContain('QUIT_GAME');
  answers.receive(error('not_in_match'));
  answers.send(text('{"type":"CLICK"}'));
  expect(answers.missing).toBeUndefined();
});

test('nobody knows what garbage asks for', () => {
  const answers = new Answers();
  answers.send({ kind: 'garbage', hex: '81' });
  answers.send(ping(1));
  answers.receive(error('bad_frame'));
  expect([answers.missing, answers.problem]).toEqual([undefined, undefined]);
});
