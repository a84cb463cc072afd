import type { Recording } from '@overcookied/shared/api.ts';
import { expect, it } from 'vitest';
import { sampleRecording } from '../replay/sample-recording.ts';
import { askUntilOver } from './review.ts';

const over = sampleRecording({ p1: [1] });
const on = sampleRecording({ p1: [1] }, { over: undefined });

/** Gives these answers in turn, the last one for ever. */
function answering(...answers: (Recording | Error)[]) {
  let asked = 0;
  const ask = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer instanceof Error) throw answer;
    return answer as Recording;
  };
  return { ask, asked: () => asked };
}

it('asks no more than once when the match is over', async () => {
  const { ask, asked } = answering(over);
  expect(await askUntilOver(ask, () => true, [0, 0])).toBe(over);
  expect(asked()).toBe(1);
});

it('asks again while the match is not said to be over, or nothing is', async () => {
  const { ask } = answering(new Error('nothing there'), on, over);
  expect(await askUntilOver(ask, () => true, [0, 0, 0])).toBe(over);
});

it('asks no more once nobody looks at the result', async () => {
  const { ask, asked } = answering(on);
  expect(await askUntilOver(ask, () => asked() < 2, [0, 0, 0, 0])).toBeUndefined();
  expect(asked()).toBe(2);
});

it('takes what there is in the end', async () => {
  const { ask, asked } = answering(on);
  expect(await askUntilOver(ask, () => true, [0, 0])).toBe(on);
  expect(asked()).toBe(3);
});

it('fails when nothing is to be had, and says why', async () => {
  const { ask, asked } = answering(new Error('nothing there'));
  await expect(askUntilOver(ask, () => true, [0, 0])).rejects.toThrow('nothing there');
  expect(asked()).toBe(3);
});
