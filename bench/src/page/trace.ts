/** As much of an event of Chromium's trace as is looked at. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** In µs. */
  ts: number;
  /** Of the thread's own time in µs, whoever else ran meanwhile. */
  tdur?: number;
  args?: { name?: string };
}

/** What the trace must be asked for. */
export const categories = [
  'blink.user_timing',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'toplevel',
];

/** How a page was drawn. */
export interface Frames {
  perSecond: number;
  /** How often one was on the screen for longer than `longMs`, and the longest there was, in ms. */
  long: number;
  longestMs: number;
  /** What a frame cost of a processor on average, in ms. */
  cost: {
    /** The page's own thread, and of that styles and layout. */
    page: number;
    layout: number;
    /** Its compositor, and the threads that paint its tiles. */
    compositor: number;
    /** Putting tiles together for the screen, which a graphics card does where there is one; for all pages together. */
    screen: number;
  };
}

/** Three frames in one: this long on the screen, a frame is seen to be late, in ms. */
export const longMs = 50;

/**
 * @param mark of which the page has set two by `performance.mark`, between which it is looked at
 * @throws Error when the trace does not hold them
 */
export function framesOf(events: TraceEvent[], mark: string): Frames {
  const [start, end] = events.filter(({ name }) => name === mark).sort((a, b) => a.ts - b.ts);
  if (!start || !end) throw new Error(`the trace does not hold ${mark} twice`);
  const { pid } = start;
  const within = events.filter(({ ts }) => ts >= start.ts && ts < end.ts);
  const drawn = within.filter((event) => event.pid === pid && event.name === 'DrawFrame').map(({ ts }) => ts);
  const shown = [start.ts, ...drawn.sort((a, b) => a - b), end.ts];
  const gaps = shown.slice(1).map((ts, i) => (ts - (shown[i] ?? ts)) / 1_000);

  const threads = threadNames(events);
  const cost = (isCounted: (event: TraceEvent, thread: string) => boolean) => {
    const micros = within
      .filter((event) => isCounted(event, threads.get(`${event.pid} ${event.tid}`) ?? ''))
      .reduce((sum, { tdur = 0 }) => sum + tdur, 0);
    return micros / 1_000 / Math.max(1, drawn.length);
  };
  return {
    perSecond: drawn.length / ((end.ts - start.ts) / 1_000_000),
    long: gaps.filter((gap) => gap > longMs).length,
    longestMs: Math.max(...gaps),
    cost: {
      page: cost((event) => event.tid === start.tid && event.pid === pid && event.name === task),
      layout: cost(
        (event) => event.pid === pid && (event.name === 'UpdateLayoutTree' || event.name === 'Layout'),
      ),
      compositor: cost(
        (event, thread) =>
          event.pid === pid && (thread === 'Compositor' ? event.name === task : event.name === 'RasterTask'),
      ),
      screen: cost((event, thread) => thread === 'VizCompositorThread' && event.name === task),
    },
  };
}

/** What a thread does at a time; none is within another. */
const task = 'ThreadControllerImpl::RunTask';

/** By process and thread. */
function threadNames(events: TraceEvent[]): Map<string, string> {
  const names = events.filter(({ name }) => name === 'thread_name');
  return new Map(names.map(({ pid, tid, args }) => [`${pid} ${tid}`, args?.name ?? '']));
}
