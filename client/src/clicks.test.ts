import { expect, test } from 'vitest';
import { ClickLog } from './clicks.ts';

test('clicks are numbered on, and sent when they are made, with those before them that are not acknowledged', () => {
  const clicks = new ClickLog();
  clicks.add();
  clicks.add(2);
  expect(clicks.unsent()).toEqual({ seq: 3, count: 3 });
  clicks.markSent(3);
  expect(clicks.unsent()).toBeUndefined();
  clicks.add();
  expect(clicks.unsent()).toEqual({ seq: 4, count: 4 });
  expect(clicks.open).toBe(4);
  clicks.acknowledge(3);
  expect(clicks.open).toBe(1);
});

test('after a break everything that is not acknowledged is sent again, and nothing else', () => {
  const clicks = new ClickLog();
  clicks.add(10);
  clicks.markSent(10);
  clicks.acknowledge(4);
  clicks.add(1);
  clicks.acknowledge(6);
  clicks.rewind();
  expect(clicks.unsent()).toEqual({ seq: 11, count: 5 });
});

test('after a reload the numbers go on where the server stopped counting', () => {
  const clicks = new ClickLog(40);
  clicks.add();
  expect(clicks.unsent()).toEqual({ seq: 41, count: 1 });
});

test('clicks that were under way when the page was reloaded are sent again, and keep their numbers', () => {
  const clicks = new ClickLog(40, 43);
  clicks.add();
  expect(clicks.unsent()).toEqual({ seq: 44, count: 4 });
  expect(new ClickLog(40, 7).unsent()).toBeUndefined();
});

test('a server that has counted more than is known here is right', () => {
  const clicks = new ClickLog();
  clicks.add(2);
  clicks.acknowledge(7);
  expect(clicks.unsent()).toBeUndefined();
  clicks.add();
  expect(clicks.unsent()).toEqual({ seq: 8, count: 1 });
});

test('what the server had counted and has lost is sent once more', () => {
  const clicks = new ClickLog();
  clicks.add(10);
  clicks.markSent(10);
  clicks.acknowledge(10);
  clicks.acknowledge(7);
  expect(clicks.unsent()).toEqual({ seq: 10, count: 3 });
  clicks.markSent(10);
  clicks.acknowledge(7);
  expect(clicks.unsent()).toBeUndefined();
});

test('a frame that was dropped is made good by the next one, whose acknowledgement would hide it otherwise', () => {
  const clicks = new ClickLog();
  clicks.add(3);
  clicks.markSent(3);
  clicks.acknowledge(2);
  clicks.add();
  expect(clicks.unsent()).toEqual({ seq: 4, count: 2 });
});
