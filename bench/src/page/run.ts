import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import type { Browser } from 'playwright-core';
import * as z from 'zod/mini';
import { launchBrowser } from '../../../dev/system/browser.ts';
import { putFirst } from '../first.ts';
import { machine } from '../machine.ts';
import { number, readOptions } from '../options.ts';
import { onStage, progress, type Stage } from '../stage.ts';
import { valkeyVersion } from '../valkey-load.ts';
import { measureBundle } from './bundle.ts';
import { clicksPerSecond, type Played, playFrames } from './frames.ts';
import { type Opening, openFirst, openKept } from './opening.ts';
import { bundleReport, framesReport, mostScript, openingReport } from './report.ts';
import { slowdown } from './slow-phone.ts';

export const about = 'how large the page is, how soon a slow phone shows it, and how smoothly it plays';

const usage = `Measures the page as it is built: npm run build comes first. About two minutes. Ends with 1 when the scripts are
too large.

  npm run bench -- page [options]

  --only PART     bundle, opening or frames (default all)
  --runs N        opening: how often, 1 to 100 (default 9)
  --seconds N     frames: for so long both sides click, 1 to 50 (default 10)
`;

const Options = z.object({
  only: z.optional(z.enum(['bundle', 'opening', 'frames'])),
  runs: z._default(number({ least: 1, most: 100, whole: true }), 9),
  seconds: z._default(number({ least: 1, most: 50 }), 10),
});

const dist = fileURLToPath(new URL('../../../services/gateway/web/dist', import.meta.url));
/** Beside what is measured a match has a start, and an end, which a page that lags behind its clicks must not meet before. */
const aroundMs = 240_000;

export async function run(args: string[]): Promise<void> {
  const { only, runs, seconds } = readOptions(args, Options, usage);
  const { stop } = stopSignals();
  const bundle = await measureBundle(dist);
  if (only === undefined || only === 'bundle') process.stdout.write(`${bundleReport(bundle)}\n`);
  if (bundle.first.js.gzip > mostScript) process.exitCode = 1;
  if (only === 'bundle') return;

  const rules = {
    countdownMs: 2_000,
    matchMs: seconds * 1_000 + aroundMs,
    // None: the scores are clicks then.
    goldenGapMs: [600_000, 600_000],
  };
  await onStage({ rules, areServicesFirst: true }, stop, async (stage) => {
    process.stdout.write(`${machine(await valkeyVersion(stage.valkey), stage.isValkeyFirst)}\n`);
    const browser = await launchBrowser();
    try {
      await putBrowserFirst(browser);
      process.stdout.write(
        `${browser.browserType().name()} ${browser.version()}, without a graphics card.\n\n`,
      );
      if (only !== 'frames') await measureOpening(stage, browser, runs);
      if (only !== 'opening') await measureFrames(stage, browser, seconds);
    } finally {
      await browser.close();
    }
    process.stdout.write(
      `Load averages at the end: ${loadavg()
        .map((value) => value.toFixed(1))
        .join(', ')}.\n`,
    );
  });
}

/** It goes before whatever else runs here, as on a machine of its own, and so does whoever clicks. */
async function putBrowserFirst(browser: Browser): Promise<void> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await Promise.all([process.pid, ...processInfo.map(({ id }) => id)].map(putFirst));
  await cdp.detach();
}

async function measureOpening(stage: Stage, browser: Browser, runs: number): Promise<void> {
  const gateway = await stage.start('gateway');
  const first: Opening[] = [];
  const kept: number[] = [];
  for (let i = 1; i <= runs; i++) {
    progress(`opening, ${i} of ${runs}`);
    first.push(await openFirst(browser, gateway));
    kept.push(await openKept(browser, gateway));
  }
  process.stdout.write(
    `DevTools' "Slow 4G" and a processor ${slowdown} times as slow:\n\n${openingReport(first, kept)}\n`,
  );
}

async function measureFrames(stage: Stage, browser: Browser, seconds: number): Promise<void> {
  await Promise.all([stage.start('matchmaker'), stage.start('game-ticker')]);
  const gateways = await Promise.all([stage.start('gateway'), stage.start('gateway')]);
  const all: [string, Played][] = [];
  for (const rate of [1, slowdown]) {
    progress(`frames, processor ${rate} times as slow`);
    all.push([
      rate === 1 ? 'as it is' : `${rate} times as slow`,
      await playFrames(browser, gateways, rate, seconds),
    ]);
  }
  process.stdout.write(
    `Two pages, each of 780 × 1,688 pixels; both sides click ${clicksPerSecond} times a second for ${seconds} s:\n\n${framesReport(all)}\n`,
  );
}
