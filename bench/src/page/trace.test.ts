import { expect, test } from 'vitest';
import { framesOf, type TraceEvent } from './trace.ts';

const page = { pid: 1, tid: 1 };
const compositor = { pid: 1, tid: 2 };
const screen = { pid: 3, tid: 4 };
const task = 'ThreadControllerImpl::RunTask';

const mark = (ms: number): TraceEvent => ({ ...page, name: 'bench', ph: 'I', ts: ms * 1_000 });
const frame = (ms: number, pid = 1): TraceEvent => ({
  ...compositor,
  pid,
  name: 'DrawFrame',
  ph: 'I',
  ts: ms * 1_000,
});
const work = (thread: { pid: number; tid: number }, name: string, ms: number, ts = 500): TraceEvent => ({
  ...thread,
  name,
  ph: 'X',
  ts: ts * 1_000,
  tdur: ms * 1_000,
});
const named = (thread: { pid: number; tid: number }, name: string): TraceEvent => ({
  ...thread,
  name: 'thread_name',
  ph: 'M',
  ts: 0,
  args: { name },
});

const names = [
  named(page, 'CrRendererMain'),
  named(compositor, 'Compositor'),
  named(screen, 'VizCompositorThread'),
];

test('frames are counted between the marks, and of this page only', () => {
  const evenly = Array.from({ length: 60 }, (_, i) => frame(100 + (i * 1_000) / 60));
  const events = [...names, mark(100), ...evenly, mark(1_100), frame(50), frame(1_150), frame(300, 2)];
  const { perSecond, long, longestMs } = framesOf(events, 'bench');
  expect(perSecond).toBe(60);
  expect(long).toBe(0);
  expect(longestMs).toBeCloseTo(1_000 / 60);
});

test('a frame is long from the one before to the next, and to the end', () => {
  const events = [...names, mark(0), frame(10), frame(60), frame(111), frame(940), mark(1_000)];
  expect(framesOf(events, 'bench')).toMatchObject({ long: 3, longestMs: 829 });
});

test('what a frame costs is told by thread, and nothing twice', () => {
  const events = [
    ...names,
    mark(0),
    frame(400),
    frame(600),
    work(page, task, 10),
    work(page, 'FunctionCall', 9),
    work(page, 'UpdateLayoutTree', 2),
    work(page, 'Layout', 1),
    work(compositor, task, 4),
    work(compositor, 'RunTask', 4),
    work({ pid: 1, tid: 9 }, 'RasterTask', 6),
    work({ pid: 1, tid: 9 }, task, 7),
    work(screen, task, 20),
    work({ pid: 2, tid: 1 }, task, 100),
    work(page, task, 100, 2_000),
    mark(1_000),
  ];
  expect(framesOf(events, 'bench').cost).toEqual({ page: 5, layout: 1.5, compositor: 5, screen: 10 });
});

test('a trace without the marks is none to judge by', () => {
  expect(() => framesOf([mark(0), frame(1)], 'bench')).toThrow(/twice/);
});
