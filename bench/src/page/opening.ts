import type { Browser, BrowserContext, CDPSession } from 'playwright-core';
import * as z from 'zod/mini';
import type { Service } from '../service.ts';
import { openSlowly, phone } from './slow-phone.ts';

/** How a page opened, in ms since its address was asked for. */
export interface Opening {
  /** First contentful paint. */
  painted: number;
  /** When the button to play was there and the page had time for whoever pressed it. */
  ready: number;
}

const Painted = z.object({ painted: z.number() });
const Opened = z.extend(Painted, { ready: z.number() });

/** Longer than a page takes to open on a machine that is busy, in ms. */
const openMs = 60_000;

/** Notes when the button is there; whatever the browser's driver ran in the page to look for it would take its time. */
const watch = `new MutationObserver((_, observer) => {
  if (!document.querySelector('[data-testid=play-as-guest]')) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { globalThis.readyAt = performance.now(); }));
}).observe(document, { childList: true, subtree: true })`;

const opened = `(() => {
  const [painted] = performance.getEntriesByName('first-contentful-paint');
  return { painted: painted?.startTime, ready: globalThis.readyAt };
})()`;

/** Opens the page in a browser that has never seen it. */
export async function openFirst(browser: Browser, gateway: Service): Promise<Opening> {
  const context = await browser.newContext(phone);
  try {
    return await open(context, gateway.url, Opened);
  } finally {
    await context.close();
  }
}

/**
 * Opens the page in a browser that has kept it, while the server says nothing.
 *
 * @returns first contentful paint, in ms
 */
export async function openKept(browser: Browser, gateway: Service): Promise<number> {
  const context = await browser.newContext(phone);
  try {
    const before = await context.newPage();
    await before.goto(gateway.url);
    await before.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await before.close();
    process.kill(gateway.pid, 'SIGSTOP');
    return (await open(context, gateway.url, Painted)).painted;
  } finally {
    process.kill(gateway.pid, 'SIGCONT');
    await context.close();
  }
}

/** @param What the page must have noted */
async function open<What extends z.ZodMiniType>(
  context: BrowserContext,
  url: string,
  What: What,
): Promise<z.output<What>> {
  const { page, cdp } = await openSlowly(context);
  await cdp.send('Page.enable');
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: watch });
  await cdp.send('Page.navigate', { url });
  const until = performance.now() + openMs;
  let noted = What.safeParse(await read(cdp));
  while (!noted.success && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    noted = What.safeParse(await read(cdp));
  }
  await page.close();
  if (!noted.success) throw new Error(`the page did not open within ${openMs} ms`);
  return noted.data;
}

/** What the page has noted so far. */
async function read(cdp: CDPSession): Promise<unknown> {
  return (await cdp.send('Runtime.evaluate', { expression: opened, returnByValue: true })).result.value;
}
