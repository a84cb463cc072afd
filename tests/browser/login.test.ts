import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../dev/system/ports.ts';
import { TestIssuer } from '../support/issuer.ts';
import { TestService } from '../support/service.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { enterLobby, launchBrowser, openPage } from './player.ts';

let issuer: TestIssuer;
let stack: Stack;
/** A third one, by which players may sign in. */
let gateway: TestService;
let browser: Browser;

beforeAll(async () => {
  // The issuer has to know it before there is a gateway.
  const port = await findFreePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  issuer = await TestIssuer.start({ publicUrl });
  issuer.profiles.set('ada', { name: 'Ada Lovelace', email: 'ada@example.org' });
  stack = await startStack({ countdownMs: 500 });
  gateway = new TestService('gateway', { ...stack.env, ...issuer.env(publicUrl), PORT: String(port) });
  await gateway.ready();
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  await stack?.stop();
  await issuer?.stop();
});

test('somebody signs in, is known after a reload, plays, and logs out', { timeout: 60_000 }, async () => {
  const { url } = gateway;
  const player = await openPage(browser, `${url}/#invite=a_friends_code`, { width: 1_024, height: 768 });
  const { page } = player;
  const addresses: string[] = [];
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));

  await page.getByTestId('sign-in').click();
  await page.getByPlaceholder('Enter any login').fill('ada');
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();

  // Back where they came from: at a friend's invitation.
  await page.getByTestId('inviting').waitFor();
  expect(page.url()).toBe(`${url}/#invite=a_friends_code`);
  await page.getByTestId('cancel').click();
  await page.getByTestId('lobby').getByText('Ada Lovelace').waitFor();

  const cookies = await page.context().cookies(url);
  const session = cookies.find(({ name }) => name === 'overcookied');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false, domain: '127.0.0.1' });
  expect(cookies.map(({ name }) => name)).not.toContain('overcookied-sign-in');
  const token = session?.value ?? 'none';
  expect(token.split('.')).toHaveLength(3);
  const seen = await page.evaluate<string>(
    'JSON.stringify([location.href, document.referrer, document.cookie, history.state, { ...localStorage }])',
  );
  expect(seen).not.toContain(token.split('.')[2]);
  expect(seen).not.toContain('overcookied.session');
  expect(addresses.join()).not.toMatch(/code=|token=/);

  await page.reload();
  await page.getByTestId('lobby').getByText('Ada Lovelace').waitFor();

  const friend = await openPage(browser, stack.gateways[1].url, { width: 360, height: 740 });
  await enterLobby(friend.page, 'Bo');
  for (const each of [page, friend.page]) await each.getByTestId('play').click();
  for (const each of [page, friend.page]) await each.getByTestId('countdown').waitFor();
  await page.getByTestId('countdown').waitFor({ state: 'hidden' });
  await page.getByTestId('cookie').click();
  await expect.poll(() => friend.page.getByTestId('opponent-score').textContent()).toBe('1');
  await friend.page.locator('bdi.side__name').getByText('Ada Lovelace').waitFor();
  expect(sockets.length).toBeGreaterThan(0);
  for (const socket of sockets) expect(socket).toMatch(/\/ws\?ticket=[\w-]{32}$/);

  await page.getByTestId('quit').click();
  await page.getByTestId('confirm-quit').click();
  await page.getByTestId('result').waitFor();
  await page.getByTestId('to-lobby').click();
  await page.getByTestId('log-out').click();
  await page.getByTestId('sign-in').waitFor();
  const names = async () => (await page.context().cookies(url)).map(({ name }) => name);
  await expect.poll(names).not.toContain('overcookied');
  await page.reload();
  await page.getByTestId('sign-in').waitFor();

  expect([...player.complaints, ...friend.complaints]).toEqual([]);
  await player.close();
  await friend.close();
});

test('somebody who says no is told so, and led back', { timeout: 60_000 }, async () => {
  const { url } = gateway;
  const player = await openPage(browser, url, { width: 360, height: 740 });
  await player.page.getByTestId('sign-in').click();
  await player.page.getByRole('link', { name: 'Cancel' }).click();
  await player.page.getByText('You were not signed in').waitFor();
  await player.page.getByRole('link', { name: 'Back to the game' }).click();
  await player.page.getByTestId('sign-in').waitFor();
  await player.close();
});
