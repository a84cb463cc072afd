import { keys } from '@overcookied/shared/keys.ts';
import type { Locator, Page } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterLobby, expectNoSidewaysScroll, openPage, score, signIn } from './player.ts';
import { type Stage, startStage } from './stage.ts';

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let stage: Stage;

beforeAll(async () => {
  // Longer than what a lobby shows has to go on for; players quit before.
  stage = await startStage({ countdownMs: 500, matchMs: 60_000, goldenGapMs: [60_000, 60_000] });
}, 300_000);

afterAll(() => stage?.stop());

const open = (gateway: 0 | 1, viewport: typeof desktop) =>
  openPage(stage.browser, stage.stack.gateways[gateway].url, viewport);
const textOf = (page: Page, testId: string) => expect.poll(() => page.getByTestId(testId).textContent());

/** What the picture of an element says to whoever scans it. */
async function scan(element: Locator): Promise<string> {
  const png = (await element.screenshot()).toString('base64');
  const { width, height, data } = await element.page().evaluate<Record<string, number> & { data: number[] }>(`
    createImageBitmap(new Blob([Uint8Array.from(atob('${png}'), (char) => char.charCodeAt(0))])).then((bitmap) => {
      const { width, height } = bitmap;
      const canvas = new OffscreenCanvas(width, height).getContext('2d');
      canvas.drawImage(bitmap, 0, 0);
      return { width, height, data: [...canvas.getImageData(0, 0, width, height).data] };
    })`);
  return decodeQR({ width: Number(width), height: Number(height), data: Uint8Array.from(data) });
}

test('a stranger is in the queue with one click, and the lobby tells who waits, what goes on and how it went', async () => {
  const [one, two, three] = await Promise.all([open(0, phone), open(1, desktop), open(1, phone)]);
  const [ada, bo, cy] = [one.page, two.page, three.page];

  await signIn(ada, 'Ada');
  await ada.getByTestId('searching').waitFor();
  await enterLobby(bo, 'Bo');
  await textOf(bo, 'waiting').toContain('One player is waiting');
  expect(await bo.getByTestId('live-match').count()).toBe(0);
  await bo.getByTestId('play').click();
  await Promise.all([ada, bo].map((page) => page.locator('.arena--playing').waitFor()));
  for (let i = 0; i < 3; i++) await ada.keyboard.press('Space');
  await expect.poll(() => score(bo, 'opponent')).toBe(3);

  await enterLobby(cy, 'Cy');
  await textOf(cy, 'waiting').toContain('Nobody is waiting');
  await textOf(cy, 'live-match').toMatch(/(Ada3 : 0Bo|Bo0 : 3Ada)/);
  const live = await cy.getByTestId('live-match').getByRole('link').getAttribute('href');
  await expectNoSidewaysScroll(cy);

  await bo.getByTestId('quit').click();
  await bo.getByTestId('confirm-quit').click();
  for (const page of [ada, bo]) await page.getByTestId('to-lobby').click();
  await cy.getByTestId('live-match').waitFor({ state: 'detached' });
  await textOf(ada, 'own-place').toBe('You · 1st of 2');
  await textOf(bo, 'own-place').toBe('You · 2nd of 2');
  await textOf(ada, 'history').toMatch(/vs Bo.*Won · now · given up.*3 : 0.*\+\d/);
  await textOf(bo, 'history').toMatch(/vs Ada.*Lost · now · given up.*0 : 3.*−\d/);
  // The match that was shown live is the one that can be watched again.
  const again = ada.getByTestId('history').getByRole('link');
  expect(new URL((await again.getAttribute('href')) ?? '').pathname).toBe(new URL(live ?? '').pathname);

  // Whoever comes back is known, and no stranger any more.
  await ada.reload();
  await ada.getByTestId('lobby').getByText('Ada').first().waitFor();
  expect([...one.complaints, ...two.complaints, ...three.complaints]).toEqual([]);
  await Promise.all([one.close(), two.close(), three.close()]);
}, 120_000);

test('somebody who is not among the ten best is told where they stand', async () => {
  const board = keys.leaderboard('alltime');
  for (let i = 0; i < 41; i++) await stage.stack.valkey.zadd(board, 1_000 - i, `rival${i}`);
  const { page, complaints, close } = await open(1, phone);
  await enterLobby(page, 'Eve');
  await page.getByText('One match, and you are on this board.').waitFor();
  const id = await page.evaluate<string>("JSON.parse(localStorage.getItem('overcookied.session')).id");
  await stage.stack.valkey.zadd(board, 7, id);
  for (const name of ['Rating', 'All time']) await page.getByRole('tab', { name }).click();
  await textOf(page, 'own-row').toMatch(/^42EEveYou · 42nd of 4\d7$/);
  await expectNoSidewaysScroll(page);
  expect(complaints).toEqual([]);
  await close();
}, 90_000);

test('a bot is there to practise with, as long as there is one', async () => {
  const { page, complaints, close } = await open(0, desktop);
  await enterLobby(page, 'Flo');
  await page.getByTestId('practise-now').click();
  await page.getByTestId('bot-badge').waitFor();
  await page.getByTestId('quit').click();
  await page.getByTestId('confirm-quit').click();
  await page.getByTestId('to-lobby').click();
  await page.getByTestId('practise-now').waitFor();
  await stage.practice.stop();
  await page.getByTestId('practise-now').waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await close();
}, 90_000);

test.each([
  ['a phone', phone],
  ['a desk', desktop],
])(
  'an invitation on %s can be scanned, and leads to its match',
  async (_name, viewport) => {
    const { page, complaints, close } = await open(0, viewport);
    await enterLobby(page, 'Gil');
    await page.getByTestId('invite').click();
    const code = page.getByTestId('qr');
    await code.waitFor();
    const link = await page.getByTestId('invite-link').inputValue();
    expect(await scan(code)).toBe(link);
    expect(await code.getAttribute('aria-label')).toContain('QR code');
    await expectNoSidewaysScroll(page);

    const friend = await openPage(stage.browser, link, phone);
    await signIn(friend.page, 'Hal');
    for (const each of [page, friend.page]) await each.getByTestId('arena').waitFor();
    expect([...complaints, ...friend.complaints]).toEqual([]);
    await Promise.all([close(), friend.close()]);
  },
  60_000,
);
