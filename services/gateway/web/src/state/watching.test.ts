import { expect, it } from 'vitest';
import { sampleRecording } from '../replay/sample-recording.ts';
import { Timeline } from '../replay/timeline.ts';
import { watching } from './watching.ts';

it('goes on where it was when it is played again, however long it has stood', () => {
  watching.timeline.value = new Timeline(sampleRecording({ p1: [1, 1, 1] }));
  expect(watching.isMoving.value).toBe(false);
  watching.play();
  expect(watching.isMoving.value).toBe(true);
  watching.tick(5_000);
  watching.tick(5_100);
  watching.pause();
  expect(watching.isMoving.value).toBe(false);
  watching.play();
  watching.tick(65_000);
  expect(watching.at.value).toBe(100);
  watching.tick(65_050);
  expect(watching.at.value).toBe(150);
});

it('stands at the end', () => {
  watching.timeline.value = new Timeline(sampleRecording({ p1: [1, 1, 1] }));
  watching.play();
  for (let at = 0; at <= 2_500; at += 100) watching.tick(at);
  expect(watching.at.value).toBe(watching.timeline.value.end);
  expect(watching.isAtEnd.value).toBe(true);
  expect(watching.isMoving.value).toBe(false);
});
