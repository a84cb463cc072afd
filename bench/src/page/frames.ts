import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Service } from '../service.ts';
import { phone } from './slow-phone.ts';
import { categories, type Frames, framesOf, type TraceEvent } from './trace.ts';

/** Each side clicks so often a second. */
export const clicksPerSecond = 15;

export interface Played extends Frames {
  /** Clicks that the page made, and that the server counted. */
  clicks: number;
  counted: number;
}

interface Side {
  page: Page;
  cdp: CDPSession;
  cookie: { x: number; y: number };
}

/** In the trace. */
const mark = 'bench';
/** For the first moments of a match, which are not like the others, and for the last clicks to arrive, in ms. */
const settleMs = 1_000;

/**
 * Has two pages play each other on two gateways, clicking all the time, and looks at how the first of them is drawn.
 *
 * @param slowdown of the first page's thread, 1 for none
 */
export async function playFrames(
  browser: Browser,
  gateways: [Service, Service],
  slowdown: number,
  seconds: number,
): Promise<Played> {
  const contexts = await Promise.all(gateways.map(() => browser.newContext(phone)));
  const clicking = new AbortController();
  try {
    const sides = await Promise.all(
      contexts.map(async (context, i) => {
        const page = await context.newPage();
        return enter(page, gateways[i]?.url ?? '', `Baker ${i + 1}`);
      }),
    );
    await Promise.all(sides.map(({ page }) => page.getByTestId('countdown').waitFor({ state: 'hidden' })));
    const [seen] = sides as [Side, Side];
    await seen.cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const clicks = sides.map((side) => click(side, clicking.signal));
    await pause(settleMs);
    let made = 0;
    let counted = 0;
    const events = await traced(browser, async () => {
      await setMarks(seen, seconds);
      await pause(seconds * 1_000);
      clicking.abort();
      [made = 0] = await Promise.all(clicks);
      await seen.cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      await pause(settleMs);
      // The opponent's page knows only of what the server has counted.
      counted = Number(await sides[1]?.page.getByTestId('opponent-score').textContent());
    });
    return { ...framesOf(events, mark), clicks: made, counted };
  } finally {
    clicking.abort();
    await Promise.all(contexts.map((context) => context.close()));
  }
}

/** Until the match is found; whoever comes second finds the first. */
async function enter(page: Page, url: string, name: string): Promise<Side> {
  await page.goto(url);
  await page.getByTestId('name-input').fill(name);
  await page.getByTestId('play-as-guest').click();
  const box = await page.getByTestId('cookie').boundingBox();
  if (!box) throw new Error('there is no cookie to click');
  const cdp = await page.context().newCDPSession(page);
  return { page, cdp, cookie: { x: box.x + box.width / 2, y: box.y + box.height / 2 } };
}

/** Touches the cookie, however long the page takes for each. @returns how often */
async function click({ cdp, cookie }: Side, signal: AbortSignal): Promise<number> {
  const start = performance.now();
  const sent: Promise<unknown>[] = [];
  let clicks = 0;
  while (!signal.aborted) {
    sent.push(
      cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [cookie] }),
      cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] }),
    );
    clicks++;
    await pause(Math.max(0, start + (clicks * 1_000) / clicksPerSecond - performance.now()));
  }
  await Promise.all(sent);
  return clicks;
}

/** By the page's own clock: a page that is busy with clicks is long in hearing what it is asked for. */
const setMarks = ({ cdp }: Side, seconds: number) =>
  cdp.send('Runtime.evaluate', {
    expression: `performance.mark('${mark}'); setTimeout(() => performance.mark('${mark}'), ${seconds * 1_000}); undefined`,
  });

async function traced(browser: Browser, work: () => Promise<void>): Promise<TraceEvent[]> {
  const cdp = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories },
  });
  await work();
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  return events;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
