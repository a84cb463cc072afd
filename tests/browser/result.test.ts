import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { enterLobby, expectNoSidewaysScroll, launchBrowser, openPage, type Player, score } from './player.ts';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack({
    countdownMs: 500,
    matchMs: 12_000,
    goldenGapMs: [2_000, 2_000],
    bonusMs: 500,
    graceMs: 500,
  });
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const text = async (page: Page, testId: string) => (await page.getByTestId(testId).textContent()) ?? '';

/** Ada on a large window and Bo on the smallest phone, as their match begins. */
async function startMatch(): Promise<[Player, Player]> {
  // What moves only to please takes a busy machine's time.
  const still = { reducedMotion: 'reduce' } as const;
  const players = await Promise.all([
    openPage(browser, stack.gateways[0].url, { width: 1280, height: 800 }, still),
    openPage(browser, stack.gateways[1].url, { width: 320, height: 568 }, still),
  ]);
  for (const [index, { page }] of players.entries()) {
    await enterLobby(page, index === 0 ? 'Ada' : 'Bo');
    await page.getByTestId('play').click();
  }
  for (const { page } of players) await page.locator('.arena--playing').waitFor();
  return players;
}

/** So many clicks at once, and the other side has seen them. */
async function burst(page: Page, opponent: Page, clicks: number): Promise<void> {
  const before = await score(opponent, 'opponent');
  await page.evaluate(
    `for (let i = 0; i < ${clicks}; i++) document.querySelector('[data-testid=cookie]').click()`,
  );
  await expect.poll(() => score(opponent, 'opponent')).toBe(before + clicks);
  // What comes next is in another step of the recording.
  await page.waitForTimeout(450);
}

async function seeReview(...pages: Page[]): Promise<void> {
  for (const page of pages) await page.getByTestId('result').waitFor({ timeout: 20_000 });
  for (const page of pages) await page.getByTestId('score-curve').waitFor();
}

/** How high one side's line ends, from 0 at the foot of the chart to 1 at its top. */
async function lineEnd(page: Page, whose: 'mine' | 'theirs'): Promise<number> {
  const d = await page.locator(`.curve__line--${whose}`).getAttribute('d');
  return 1 - Number(d?.match(/ ([\d.]+)$/)?.[1]) / 240;
}

/** The numbers in a table's row, in the order of its cells. */
const numbers = async (page: Page, row: string) =>
  (await page.locator(`${row} td`).allTextContents()).map(Number);

/** What a PNG of this page shows: its size, how many colours, and whether these are among them. */
function lookAt(page: Page, png: Buffer, colours: readonly string[]) {
  return page.evaluate<{ width: number; height: number; colours: number; found: boolean[] }>(`(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    const hex = (pixel) => [0, 8, 16].map((bits) => ((pixel >> bits) & 255).toString(16).padStart(2, '0')).join('');
    const colours = new Set(Array.from(new Set(pixels), hex));
    const found = ${JSON.stringify(colours)}.map((colour) => colours.has(colour));
    return { width: image.width, height: image.height, colours: colours.size, found };
  })()`);
}

test('a result tells how the match went, as it was clicked, and makes a picture of it', async () => {
  const players = await startMatch();
  const [{ page: ada }, { page: bo }] = players;
  await burst(bo, ada, 3);
  await burst(ada, bo, 6);
  // The next golden cookie may take the place of this one as it is reached for.
  await eventually(async () => {
    await ada.getByTestId('golden-cookie').dispatchEvent('click');
    return eventually(async () => (await score(ada, 'my')) === 11, 1_500).catch(() => false);
  }, 10_000);
  await seeReview(ada, bo);

  // The curve ends at the scores, for those who see it and those who hear it.
  for (const [page, mine, theirs] of [
    [ada, 11, 3],
    [bo, 3, 11],
  ] as const) {
    expect(await score(page, 'my')).toBe(mine);
    expect(Number(await text(page, 'curve-end-mine'))).toBe(mine);
    expect(Number(await text(page, 'curve-end-theirs'))).toBe(theirs);
    expect(await lineEnd(page, 'mine')).toBeCloseTo(mine / 11, 2);
    expect(await lineEnd(page, 'theirs')).toBeCloseTo(theirs / 11, 2);
    const last = await numbers(page, '[data-testid=score-curve] tbody tr:last-child');
    expect(last.sort((one, other) => one - other)).toEqual([3, 11]);
    expect(await page.getByTestId('curve-golden').count()).toBe(1);
    await expectNoSidewaysScroll(page);
  }

  expect(await numbers(ada, '[data-testid=fact-goldens]')).toEqual([1, 0]);
  expect(await numbers(bo, '[data-testid=fact-goldens]')).toEqual([0, 1]);
  expect(await numbers(ada, '[data-testid=fact-fastest]')).toEqual([6, 3]);
  expect(await numbers(bo, '[data-testid=fact-fastest]')).toEqual([3, 6]);
  expect(await text(ada, 'fact-lead-changes')).toMatch(/once, at 0:\d\d/);
  expect(await text(ada, 'fact-biggest-lead')).toMatch(/^You were up to 8 points ahead/);
  expect(await text(bo, 'fact-biggest-lead')).toMatch(/Ada.* was up to 8 points ahead/);
  expect(await bo.getByTestId('crumb-rain').count()).toBe(0);
  expect(await ada.getByTestId('crumb-rain').count()).toBe(1);

  const replay = await bo.getByTestId('watch-replay-link').getAttribute('href');
  expect(new URL(replay ?? '').pathname).toMatch(/^\/watch\/[\w-]+$/);

  for (const [page, winner] of [
    [ada, 'Ada'],
    [bo, 'Ada'],
  ] as const) {
    await page.getByTestId('share').click();
    const picture = page.getByTestId('share-dialog').getByRole('img');
    expect(await picture.getAttribute('aria-label')).toContain(winner);
    const download = page.waitForEvent('download');
    await page.getByTestId('share-download').click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('overcookied.png');
    // Both lines, the table and the cookie's dark side.
    const seen = await lookAt(page, await readFile(await file.path()), [
      '9a5a1c',
      'c2255c',
      'fffbf3',
      '7a431a',
    ]);
    expect(seen).toMatchObject({ width: 1200, height: 630, found: [true, true, true, true] });
    expect(seen.colours).toBeGreaterThan(200);
    await page.keyboard.press('Escape');
    await page.getByTestId('share-dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.dataset.testid')).toBe('share');
  }
  expect(players.flatMap(({ complaints }) => complaints)).toEqual([]);
  await Promise.all(players.map((player) => player.close()));
}, 90_000);

test('a picture is copied where the browser lets it be, and what goes wrong is told', async () => {
  const players = await startMatch();
  const [{ page: ada }, { page: bo }] = players;
  await bo.getByTestId('quit').dispatchEvent('click');
  await bo.getByTestId('confirm-quit').dispatchEvent('click');
  await seeReview(ada, bo);
  expect(await text(ada, 'result-title')).toMatch(/won/);
  expect(await text(ada, 'verdict')).toMatch(/Bo.* gave up/);
  expect(await text(bo, 'verdict')).toMatch(/You hung up your apron/);

  await ada.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ada.getByTestId('share').click();
  await ada.getByTestId('share-copy').click();
  await expect.poll(() => text(ada, 'share-said')).toBe('Copied!');
  const kinds = '(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types))()';
  expect(await ada.evaluate(kinds)).toContain('image/png');

  await bo.evaluate(`navigator.clipboard.write = () => Promise.reject(new Error('no'))`);
  await bo.getByTestId('share').click();
  await bo.getByTestId('share-copy').click();
  await expect.poll(() => text(bo, 'share-said')).toMatch(/could not be copied/);
  expect(players.flatMap(({ complaints }) => complaints)).toEqual([]);
  await Promise.all(players.map((player) => player.close()));
}, 90_000);

test('a draw is shown as a draw', async () => {
  const players = await startMatch();
  const [{ page: ada }, { page: bo }] = players;
  await burst(ada, bo, 2);
  await burst(bo, ada, 2);
  await seeReview(ada, bo);
  for (const { page } of players) {
    expect(await text(page, 'result-title')).toBe('It’s a draw!');
    expect(await text(page, 'verdict')).toMatch(/two halves/);
    expect(await page.locator('.verdict--shared').count()).toBe(1);
    expect(await lineEnd(page, 'mine')).toBe(1);
    expect(await lineEnd(page, 'theirs')).toBe(1);
    await page.getByTestId('share').click();
    const picture = page.getByTestId('share-dialog').getByRole('img');
    expect(await picture.getAttribute('aria-label')).toMatch(/^It’s a draw!/);
  }
  expect(await text(ada, 'fact-biggest-lead')).toMatch(/^You were up to 2 points ahead/);
  expect(await text(ada, 'fact-lead-changes')).toBe('The lead never changed hands.');
  expect(players.flatMap(({ complaints }) => complaints)).toEqual([]);
  await Promise.all(players.map((player) => player.close()));
}, 90_000);

test('whose opponent is gone is told so, and how it went until then', async () => {
  const players = await startMatch();
  const [{ page: ada }, bo] = players;
  await burst(ada, bo.page, 4);
  await bo.close();
  await seeReview(ada);
  expect(await text(ada, 'result-title')).toMatch(/won/);
  expect(await text(ada, 'verdict')).toMatch(/Bo.* lost the connection/);
  expect(await ada.getByTestId('rematch').count()).toBe(0);
  expect(Number(await text(ada, 'curve-end-mine'))).toBe(4);
  // The line stops where the match did.
  const d = await ada.locator('.curve__line--mine').getAttribute('d');
  expect(Number(d?.match(/L([\d.]+) [\d.]+$/)?.[1])).toBeLessThan(550);
  expect(players.flatMap(({ complaints }) => complaints)).toEqual([]);
  await players[0].close();
}, 90_000);
