import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './player.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);

afterAll(() => browser?.close());

/** What came of making something heard, without a loudspeaker. */
interface Rendered {
  /** The loudest sample: 1 is all that there is. */
  peak: number;
  /** How long until nothing more is heard, in seconds. */
  seconds: number;
  /** How much louder the right side is than the left. */
  tilt: number;
  /** The part of its energy above 4 kHz. */
  shrill: number;
  /** Voices that are still held at the end. */
  left: number;
}

describe('each sound', () => {
  let vite: ViteDevServer;
  let page: Page;

  /** @param cues of each, its name, its level, and when it is to be heard, in seconds */
  const render = (cues: [name: string, level: number, at: number][], seconds = 2.5) =>
    page.evaluate<Rendered>(`(${renderInPage})(${JSON.stringify(cues)}, ${seconds})`);

  beforeAll(async () => {
    // The modules as they are: in what is built they have no names by which to load them.
    vite = await createServer({
      ...{ configFile: false, appType: 'custom', logLevel: 'error' },
      root: fileURLToPath(new URL('../../services/gateway/web', import.meta.url)),
      server: { host: '127.0.0.1', port: 0, hmr: false, ws: false },
      optimizeDeps: { noDiscovery: true },
    });
    await vite.listen();
    page = await browser.newPage();
    await page.goto(`${vite.resolvedUrls?.local[0]}favicon.svg`);
  });

  afterAll(() => vite?.close());

  test('is heard, is warm, ends by itself and lets go of what it took', async () => {
    const names = await page.evaluate<string[]>(
      `import('/src/feedback/recipes.ts').then(({ cueNames }) => cueNames)`,
    );
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      for (const level of [0, 1]) {
        const { peak, seconds, shrill, left } = await render([[name, level, 0.1]]);
        const about = `${name} at ${level}`;
        expect(peak, about).toBeGreaterThan(0.1);
        expect(peak, about).toBeLessThan(0.8);
        expect(seconds, about).toBeLessThan(2.2);
        expect(shrill, about).toBeLessThan(0.2);
        expect(left, about).toBe(0);
      }
    }
  });

  test('is quieter and to the right when it is the opponent’s click', async () => {
    const own = await render([['click', 0.5, 0.1]]);
    const theirs = await render([['theirClick', 0, 0.1]]);
    expect(own.tilt).toBeCloseTo(1, 1);
    expect(theirs.tilt).toBeGreaterThan(3);
    expect(theirs.peak).toBeLessThan(own.peak / 2);
  });

  test('has its place among the others while both click fifteen times a second and all else happens, too', async () => {
    const clicks = Array.from({ length: 45 }, (_, i): [string, number, number] => ['bonusClick', 1, i / 15]);
    const theirs = Array.from({ length: 30 }, (_, i): [string, number, number] => ['theirClick', 0, i / 10]);
    const rest = ['go', 'spawn', 'goldenMine', 'tick', 'ahead', 'bell', 'won'];
    const happenings = rest.map((name, i): [string, number, number] => [name, 1, 0.5 + i * 0.1]);
    const alone = await render(clicks);
    const all = await render([...clicks, ...theirs, ...happenings]);
    expect(alone.peak).toBeGreaterThan(0.1);
    expect(all.peak).toBeGreaterThan(alone.peak);
    expect(all.peak).toBeLessThan(0.95);
  });
});

/** Runs in the page. */
const renderInPage = `async (cues, seconds) => {
  const { Mixer } = await import('/src/feedback/mixer.ts');
  const { recipeFor } = await import('/src/feedback/recipes.ts');
  const rate = 24_000;
  const context = new OfflineAudioContext(2, rate * seconds, rate);
  const mixer = new Mixer(context);
  // At the start of blocks of 128 samples, each of which can be stopped at once.
  const times = Map.groupBy(cues, ([, , at]) => (Math.floor((at * rate) / 128) * 128) / rate);
  for (const [at, now] of times) {
    const play = () => now.forEach(([name, level]) => mixer.play(recipeFor({ name, level })));
    if (at === 0) play();
    else void context.suspend(at).then(() => (play(), context.resume()));
  }
  const buffer = await context.startRendering();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const high = new OfflineAudioContext(2, buffer.length, rate);
  const source = new AudioBufferSourceNode(high, { buffer });
  source.connect(new BiquadFilterNode(high, { type: 'highpass', frequency: 4_000 })).connect(high.destination);
  source.start();
  const above = (await high.startRendering()).getChannelData(0);
  const [left, right] = [buffer.getChannelData(0), buffer.getChannelData(1)];
  const energy = { left: 0, right: 0, above: 0 };
  let peak = 0;
  let last = 0;
  for (let i = 0; i < left.length; i++) {
    const loud = Math.max(Math.abs(left[i]), Math.abs(right[i]));
    peak = Math.max(peak, loud);
    if (loud > 0.001) last = i;
    energy.left += left[i] ** 2;
    energy.right += right[i] ** 2;
    energy.above += above[i] ** 2;
  }
  return {
    peak,
    seconds: last / rate,
    tilt: energy.right / energy.left,
    shrill: energy.above / energy.left,
    left: mixer.playing,
  };
}`;
