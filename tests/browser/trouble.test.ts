import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../dev/system/ports.ts';
import { TestService } from '../support/service.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { enterLobby, launchBrowser, openPage, type Player, score } from './player.ts';

let stack: Stack;
/** A third one, which dies and comes back at the same address. */
let gateway: TestService;
let env: Record<string, string>;
let browser: Browser;
/** Plays through the gateway that dies. */
let ada: Player;
/** Plays through another. */
let bo: Player;

async function startGateway(): Promise<void> {
  gateway = await new TestService('gateway', env).ready();
}

/** One match that is on all the while, since no trouble ends it. */
beforeAll(async () => {
  const rules = { countdownMs: 500, matchMs: 900_000, goldenGapMs: [900_000, 900_000], graceMs: 60_000 };
  stack = await startStack(rules);
  env = { ...stack.env, PORT: String(await findFreePort()) };
  await startGateway();
  browser = await launchBrowser();
  ada = await openPage(browser, gateway.url, { width: 390, height: 844 });
  bo = await openPage(browser, stack.gateways[1].url, { width: 1280, height: 800 });
  await enterLobby(ada.page, 'Ada');
  await enterLobby(bo.page, 'Bo');
  for (const { page } of [ada, bo]) await page.getByTestId('play').click();
  for (const { page } of [ada, bo]) await page.locator('.arena--playing').waitFor();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  await stack?.stop();
});

const said = (player: Player) => expect.poll(() => player.page.getByTestId('connection').textContent());
const isWell = (player: Player) => player.page.getByTestId('connection').waitFor({ state: 'detached' });
const click = async (times: number) => {
  for (let i = 0; i < times; i++) await ada.page.keyboard.press('Space');
};

/** What Ada does, of all of which Bo hears by another gateway. */
async function countsAll(bakes: () => Promise<number>): Promise<void> {
  const before = await score(ada.page, 'my');
  const made = await bakes();
  await expect.poll(() => score(bo.page, 'opponent')).toBe(before + made);
}

test.each([
  ['SIGKILL', 'Reconnecting…'],
  ['SIGTERM', 'The bakery is moving you to another oven…'],
] as const)(
  'a gateway that ends by %s is calmly waited for, and no click is lost',
  async (signal, words) => {
    await countsAll(async () => {
      await click(2);
      await gateway.stop(signal);
      await said(ada).toContain(words);
      await said(ada).toContain('Bake on: every click will count.');
      await click(3);
      await startGateway();
      await said(ada).toContain('You are back!');
      return 5;
    });
    await isWell(ada);
  },
  60_000,
);

test('whoever plays on in another tab is told so, and may come back', async () => {
  const other = await ada.page.context().newPage();
  await other.goto(gateway.url);
  await other.getByTestId('arena').waitFor();
  await said(ada).toContain('You are playing in another tab or window.');
  await ada.page.keyboard.press('Escape');
  await ada.page.getByRole('button', { name: 'Play here' }).click();
  await isWell(ada);
  await other.getByRole('dialog').getByText('another tab or window').waitFor();
  await other.close();
  await countsAll(async () => {
    await click(1);
    return 1;
  });
}, 90_000);

test('a browser without a network says so, and is back when it has one', async () => {
  const context = ada.page.context();
  await gateway.stop('SIGKILL');
  await context.setOffline(true);
  await said(ada).toContain('You are offline. Waiting for the network…');
  await startGateway();
  await context.setOffline(false);
  await said(ada).toContain('You are back!');
  await isWell(ada);
}, 90_000);

test.each([
  [4008, 'Your connection was too slow to keep up.', 'Reconnect'],
  [4029, 'There have been too many connections from you.', 'Try again'],
  [1008, 'This page and the bakery did not understand each other.', 'Reload'],
])(
  'a connection that is closed with %i comes back by its button, to the match',
  async (code, words, button) => {
    const { page } = ada;
    // A gateway has reasons for these that a page of ours does not give: here it is the way there that closes so.
    let close: (() => Promise<void>) | undefined;
    await page.routeWebSocket(/\/ws\?/, (socket) => {
      const server = socket.connectToServer();
      close = async () => {
        await server.close();
        await socket.close({ code, reason: 'as a test would have it' });
      };
    });
    await page.reload();
    await page.locator('.arena--playing').waitFor();
    await countsAll(async () => {
      await click(1);
      return 1;
    });
    await close?.();
    await said(ada).toContain(words);
    await said(ada).toMatch(/Your match is on: your place is kept for [1-6]?\d s\./);
    await page.getByRole('button', { name: button }).click();
    await isWell(ada);
    await countsAll(async () => {
      await click(1);
      return 1;
    });
  },
  60_000,
);
