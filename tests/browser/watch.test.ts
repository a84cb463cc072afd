/** The watch screen: by a gateway without the players, in a browser without a session. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { getJson } from '../support/http.ts';
import { sampleOf } from '../support/metric.ts';
import { TestService } from '../support/service.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { guest, meet, Stranger, until } from '../support/stranger.ts';
import { expectNoSidewaysScroll, launchBrowser, openPage, type Player, score, signIn } from './player.ts';

const rules = { countdownMs: 3_000, matchMs: 20_000, goldenGapMs: [4_000, 4_500], bonusMs: 1_000 };
const desktop = { width: 1280, height: 800 };
const phone = { width: 320, height: 568 };

let stack: Stack;
/** Where nobody plays. */
let third: TestService;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack(rules);
  third = await new TestService('gateway', stack.env).ready();
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await third?.stop();
  await stack?.stop();
});

async function open(url: string, viewport = desktop, locale = 'en-US'): Promise<Player> {
  const player = await openPage(browser, url, viewport, { locale, reducedMotion: 'reduce' });
  onTestFinished(() => player.close());
  return player;
}

/** A match between Ada, who has a window, and Bo, who has none, on two gateways. */
async function playInWindow() {
  const gateway = stack.gateways[1].url;
  const ada = await open(stack.gateways[0].url);
  const bo = await Stranger.connect(gateway, (await guest(gateway, 'Bo')).token);
  onTestFinished(() => bo.close());
  bo.send('JOIN_QUEUE');
  await bo.next('QUEUED');
  await signIn(ada.page, 'Ada');
  const start = await bo.next('GAME_START');
  await ada.page.getByTestId('arena').waitFor();
  return { ada, bo, start, roomId: start.payload.roomId as string };
}

/** A match between players without windows, in which Ada has clicked and Bo has not. */
async function playOnTheWire() {
  const { players, starts } = await meet([stack.gateways[0].url, stack.gateways[1].url]);
  const [ada, bo] = players;
  onTestFinished(() => {
    for (const player of players) player.close();
  });
  const { roomId, startsAt } = starts[0].payload;
  await until(startsAt + 20, starts[0]);
  ada.send('CLICK', { seq: 12, count: 12 });
  await ada.next('UPDATE', ({ ack }) => ack === 12);
  return { bo, roomId: roomId as string, start: starts[0] };
}

/** By name, since either player may be on the left. */
async function watchedScores(page: Page): Promise<Record<string, number>> {
  const [names, points] = await Promise.all([
    page.locator('bdi.side__name').allTextContents(),
    Promise.all(['p1', 'p2'].map((side) => page.getByTestId(`${side}-score`).textContent())),
  ]);
  return Object.fromEntries(names.map((name, i) => [name, Number(points[i])]));
}

const bothScores = async (ada: Page) => ({ Ada: await score(ada, 'my'), Bo: await score(ada, 'opponent') });

/** Has the page write down what this says, and when. */
const noteChanges = (page: Page, testId: string) =>
  page.evaluate(`{
    const element = document.querySelector('[data-testid=${testId}]');
    window.notes = [];
    new MutationObserver(() => window.notes.push([Number(element.textContent), Date.now()]))
      .observe(element, { childList: true, characterData: true, subtree: true });
  }`);

/** When the page said so for the first time, in ms since 1970. */
const noticedAt = async (page: Page, points: number) =>
  (await page.evaluate<[number, number][]>('window.notes')).find(([said]) => said === points)?.[1];

/** Moves the replay, as a finger on the bar would. @param share of its length */
async function seek(page: Page, share: number): Promise<void> {
  const bar = page.getByTestId('seek');
  const box = await bar.boundingBox();
  if (!box) throw new Error('there is no bar');
  const thumb = 26;
  await bar.click({ position: { x: thumb / 2 + share * (box.width - thumb), y: box.height / 2 } });
}

test('whoever has the link sees the match live, and then its replay', async () => {
  // A page that has been open comes sooner: the match does not wait.
  const watcher = await open(third.url, phone);
  const { page } = watcher;
  const { ada, bo, start, roomId } = await playInWindow();
  await page.goto(`${third.url}/watch/${roomId}`);
  await page.getByTestId('watch').waitFor();
  await expect.poll(() => page.getByTestId('watch-badge').textContent()).toBe('LIVE');
  await expect.poll(() => page.title()).toMatch(/Ada.+Bo|Bo.+Ada/);
  await expectNoSidewaysScroll(page);
  const adas = (await page.locator('bdi.side__name').first().textContent()) === 'Ada' ? 'p1' : 'p2';
  await noteChanges(ada.page, 'my-score');
  await noteChanges(page, `${adas}-score`);

  await until(start.payload.startsAt + 20, start);
  bo.send('CLICK', { seq: 3, count: 3 });
  for (let i = 0; i < 10; i++) await ada.page.keyboard.press('Space');
  await expect.poll(() => watchedScores(page)).toEqual({ Ada: 10, Bo: 3 });
  const [made = 0, watched = Number.POSITIVE_INFINITY] = [
    await noticedAt(ada.page, 10),
    await noticedAt(page, 10),
  ];
  expect(watched - made).toBeLessThan(1_000);
  for (const side of ['p1-clicks', 'p2-clicks'])
    expect(await page.getByTestId(side).locator('span').count()).toBeGreaterThan(0);

  await page.getByTestId('golden-cookie').waitFor();
  expect(await page.getByTestId('golden-cookie').isEnabled()).toBe(false);
  await eventually(async () => {
    await ada.page.getByTestId('golden-cookie').press('Enter');
    return eventually(async () => (await page.locator('.banner').textContent())?.includes('Ada'), 1_000);
  }, 10_000);

  // Somebody watches who plays: the page beside it is not taken over.
  const beside = await ada.page.context().newPage();
  await beside.goto(`${stack.gateways[0].url}/watch/${roomId}`);
  await beside.getByTestId('watch').waitFor();
  await beside.close();
  const { Ada: before = 0 } = await watchedScores(page);
  await ada.page.keyboard.press('Space');
  await expect.poll(async () => (await watchedScores(page)).Ada).toBeGreaterThan(before);
  expect(await ada.page.getByTestId('connection').count()).toBe(0);

  await ada.page.getByTestId('result').waitFor();
  await page.getByTestId('ending').waitFor();
  expect(await page.getByTestId('ending-title').textContent()).toContain('Ada');
  const final = await bothScores(ada.page);
  expect(final.Ada).toBeGreaterThanOrEqual(15);
  await expect.poll(() => watchedScores(page)).toEqual(final);
  await expectNoSidewaysScroll(page);

  await page.getByTestId('speed-4').click();
  const from = Date.now();
  await page.getByTestId('watch-again').click();
  await expect.poll(() => page.getByTestId('watch-badge').textContent()).toBe('REPLAY');
  await expect.poll(() => page.getByTestId('ending').count()).toBe(0);
  await page.getByTestId('ending').waitFor();
  expect(Date.now() - from).toBeGreaterThanOrEqual(rules.matchMs / 4 - 100);
  await expect.poll(() => watchedScores(page)).toEqual(final);
  expect([ada, watcher].flatMap(({ complaints }) => complaints)).toEqual([]);
}, 90_000);

test('a replay is steered by finger and by keys', async () => {
  const { bo, roomId, start } = await playOnTheWire();
  await until(start.payload.startsAt + 8_050, start);
  bo.send('QUIT_GAME');
  await bo.next('GAME_OVER');
  const final = { Ada: 12, Bo: 0 };

  const { page, complaints } = await open(`${third.url}/watch/${roomId}`, desktop, 'de-DE');
  const play = page.getByTestId('play-replay');
  const time = page.getByTestId('replay-time');
  const moment = async () => Number(await page.getByTestId('seek').inputValue());
  // It has begun by itself, and on a slow machine it has ended.
  await page.getByTestId('seek').press('Home');
  if ((await play.getAttribute('aria-label')) !== 'Pause') await page.keyboard.press('Space');
  await eventually(async () => (await moment()) > 0, 15_000);
  await page.keyboard.press('Space');
  await expect.poll(() => play.getAttribute('aria-label')).toBe('Abspielen');
  const length = Number(await page.getByTestId('seek').getAttribute('max'));
  expect(await moment()).toBeLessThan(length);
  const flown = () => page.locator('.particles > span').count();
  const before = await flown();

  // Forwards, and back to where nobody had clicked yet.
  await seek(page, 0.95);
  await expect.poll(moment).toBeCloseTo(0.95 * length, -3);
  await expect.poll(() => time.textContent()).toMatch(/^0:0[78] \/ 0:0[89]$/);
  await expect.poll(() => watchedScores(page)).toEqual(final);
  await page.getByTestId('seek').press('Home');
  await expect.poll(() => watchedScores(page)).toEqual({ Ada: 0, Bo: 0 });
  await page.keyboard.press('ArrowRight');
  await expect.poll(moment).toBe(length / 10);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(moment).toBe(0);

  await page.getByTestId('seek').press('End');
  await page.getByTestId('ending').waitFor();
  expect(await page.getByTestId('ending-title').textContent()).toMatch(/Ada.+gewinnt!/);
  expect(await page.getByTestId('ending').textContent()).toMatch(/Bo.+hat aufgegeben/);
  await expect.poll(() => watchedScores(page)).toEqual(final);
  // What lies between two moments is not seen: nothing flies but what had before.
  expect(await flown()).toBe(before);
  expect(complaints).toEqual([]);
}, 60_000);

test('a break is over by itself, and whoever leaves is gone', async () => {
  const { roomId } = await playOnTheWire();
  const { page, complaints } = await open('about:blank');
  const connections: { cut(): void }[] = [];
  await page.routeWebSocket(/\/ws\/watch\//, (socket) => {
    socket.connectToServer();
    // As of a gateway that goes away.
    connections.push({ cut: () => void socket.close({ code: 1012, reason: 'going away' }) });
  });
  await page.goto(`${third.url}/watch/${roomId}`);
  await page.getByTestId('watch').waitFor();
  connections[0]?.cut();
  await expect.poll(() => connections.length).toBe(2);
  await expect.poll(() => page.getByTestId('connection').textContent()).toBe('');
  expect(await watchedScores(page)).toEqual({ Ada: 12, Bo: 0 });
  const watchers = async () => sampleOf((await getJson(`${third.url}/metrics`)).body, 'watchers');
  await page.goto('about:blank');
  await expect.poll(watchers).toBe(0);
  expect(complaints).toEqual([]);
}, 60_000);

test('where there is no match, the page says so and leads to the game', async () => {
  const { page, complaints } = await open(`${third.url}/watch/nothing`);
  const words = page.getByTestId('not-there');
  await expect.poll(() => words.textContent()).toContain('no such match');
  expect(await words.textContent()).toContain('30 days');
  // The browser itself tells its console of every answer that is no success.
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  await page.getByTestId('play-yourself').click();
  await page.getByTestId('name-input').waitFor();
}, 60_000);
