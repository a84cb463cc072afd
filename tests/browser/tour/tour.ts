/** A walk through every screen, by three players and a fourth who watches: for whoever wants to look at all of them. */
import type { Browser, Page } from 'playwright-core';
import type { Stack } from '../../support/stack.ts';
import { enterLobby, openPage, type Player, signIn } from '../player.ts';

/** Long enough for a look at each state of the match, and with a golden cookie when it is time for one. */
export const tourRules = { countdownMs: 5_000, matchMs: 30_000, goldenGapMs: [6_000, 7_000], bonusMs: 5_000 };

/** As long as a name may be, and with no place to break it. */
const longName = 'Donaudampfschifffahrerin';

export interface TourOptions {
  browser: Browser;
  stack: Stack;
  /** Of the first player, and of all others. */
  locales: readonly [string, string];
  viewport: { width: number; height: number };
  /** Looks at a screen, which waits for it. */
  visit(screen: string, page: Page): Promise<void>;
}

const see = (testId: string, ...pages: Page[]) =>
  Promise.all(pages.map((page) => page.getByTestId(testId).first().waitFor()));

/** @returns what the pages complained of */
export async function tour({ browser, stack, locales, viewport, visit }: TourOptions): Promise<string[]> {
  const players: Player[] = [];
  const open = async (gateway: 0 | 1, path = '/') => {
    const locale = locales[players.length === 0 ? 0 : 1];
    // Whoever looks must find nothing half faded in.
    const options = { locale, reducedMotion: 'reduce' } as const;
    const player = await openPage(browser, stack.gateways[gateway].url + path, viewport, options);
    players.push(player);
    return player.page;
  };

  const ada = await open(0);
  await visit('welcome', ada);
  await signIn(ada, ' ');
  await ada.getByRole('alert').getByText(/./).waitFor();
  await visit('welcome-refused', ada);
  await enterLobby(ada, longName);
  await visit('lobby-new', ada);
  await ada.getByTestId('settings').click();
  await visit('settings', ada);
  await ada.keyboard.press('Escape');
  await ada.getByTestId('play').click();
  await see('searching', ada);
  await see('practice-offer', ada);
  await visit('searching', ada);
  await ada.getByTestId('cancel').click();

  await ada.getByTestId('invite').click();
  await see('expiry', ada);
  await visit('inviting', ada);
  const { hash } = new URL(await ada.getByTestId('invite-link').inputValue());
  const bo = await open(1, `/${hash}`);
  await see('invited', bo);
  await visit('invited', bo);
  await signIn(bo, 'Bo');
  await see('countdown', ada, bo);
  await visit('countdown', ada);
  await Promise.all([ada, bo].map((page) => page.getByTestId('countdown').waitFor({ state: 'hidden' })));
  for (let i = 0; i < 12; i++) await ada.keyboard.press('Space');
  for (let i = 0; i < 5; i++) await bo.keyboard.press('Space');
  await visit('playing', bo);
  await see('golden-cookie', ada);
  await visit('golden', ada);
  await ada.getByTestId('golden-cookie').press('Enter');
  await bo.locator('.banner__text').waitFor();
  // At the same time: the banner does not stay for long.
  await Promise.all([visit('bonus', ada), visit('golden-theirs', bo)]);
  await ada.getByTestId('quit').click();
  await visit('quit', ada);
  await ada.keyboard.press('Escape');
  await ada.locator('.clock--hurry').waitFor();
  await visit('last-seconds', bo);
  await see('result', ada, bo);
  await see('score-curve', ada, bo);
  await visit('won', ada);
  await visit('lost', bo);
  await ada.getByTestId('share').click();
  await ada.locator('[data-testid=share-download]:enabled').waitFor();
  await visit('share', ada);
  await ada.keyboard.press('Escape');
  await bo.getByTestId('rematch').click();
  await ada.locator('.button--wanted').waitFor();
  await visit('rematch-wanted', ada);
  await visit('rematch-waiting', bo);
  await bo.getByTestId('cancel-rematch').click();
  for (const page of [ada, bo]) await page.getByTestId('to-lobby').click();
  await ada.getByTestId('history').getByText('Bo').waitFor();
  await visit('lobby', ada);

  for (const page of [ada, bo]) await page.getByTestId('play').click();
  await see('arena', ada, bo);
  const cy = await open(0);
  await enterLobby(cy, 'Cy');
  await see('live-match', cy);
  await visit('lobby-live', cy);
  await cy.getByTestId('live-match').getByRole('link').click();
  await see('watch', cy);
  await visit('watch-live', cy);

  // His gateway dies, and with it what the page of his can reach.
  await stack.gateways[1].stop('SIGKILL');
  await see('absence', ada);
  await visit('opponent-away', ada);
  await visit('reconnecting', bo);
  await see('result', ada);
  await visit('opponent-left', ada);
  await see('ending', cy);
  await visit('watch-over', cy);
  await cy.reload();
  await see('play-replay', cy);
  await visit('watch-replay', cy);
  await cy.goto(`${stack.gateways[0].url}/watch/nothing`);
  await see('not-there', cy);
  await visit('watch-missing', cy);

  const again = await ada.context().newPage();
  await again.goto(stack.gateways[0].url);
  await see('lobby', again);
  await see('connection', ada);
  await visit('taken-over', ada);

  await Promise.all(players.map((player) => player.close()));
  return players.flatMap(({ complaints }) => complaints);
}
