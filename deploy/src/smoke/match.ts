import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bot } from '@overcookied/bot/bot.ts';
import { Matches } from '@overcookied/bot/matches.ts';
import { Stats } from '@overcookied/bot/stats.ts';
import { fetchHistory, loginAsGuest } from '@overcookied/client/api.ts';
import type { HistoryGame, Session } from '@overcookied/shared/api.ts';

/** As fast as a keen hand, and well below what counts. */
const clicksPerSecond = 8;
const lookEveryMs = 50;
/** The records are written by a queue, which a busy ticker may work off a little later. */
const recordedWithinMs = 15_000;
const askEveryMs = 500;

/** What came of a smoke match. */
export interface SmokeMatch {
  stats: Stats;
  seconds: number;
  /** Of the fingers' randomness. */
  seed: number;
  /** The match as each player's history has it, if it is there. */
  records: (HistoryGame | undefined)[];
}

interface SmokeMatchOptions {
  /** Address of the game, for instance `https://play.example.org`. */
  url: string;
  /** Two who share a code, and their matchmaker, meet within a second; in ms. */
  startWithinMs: number;
  /** Is told, in words, of what is worth a line. */
  note(what: string): void;
}

/**
 * Two bots play one match through a front door. They meet by a code, so that no player in the common queue gets a bot.
 *
 * @throws Error when no match begins in time
 */
export async function playSmokeMatch({ url, startWithinMs, note }: SmokeMatchOptions): Promise<SmokeMatch> {
  const startedAt = performance.now();
  const late = new Error(`no match began within ${startWithinMs / 1_000} s`);
  const stats = new Stats();
  const matches = new Matches();
  const wish = { mode: 'private' as const, code: `smoke-${randomUUID()}` };
  const seed = Math.floor(Math.random() * 2 ** 32);
  const tooLate = sleep(startWithinMs, undefined, { ref: false }).then(() => Promise.reject(late));
  const sessions = await Promise.race([
    Promise.all(['Smoke Left', 'Smoke Right'].map((name) => loginAsGuest(url, name))),
    tooLate,
  ]);
  const bots = sessions.map(
    (session, index) =>
      new Bot({
        session,
        url: url.replace(/^http/, 'ws'),
        clicksPerSecond,
        wish,
        seed,
        index,
        matches,
        stats,
        violated: (what) => note(`VIOLATION ${what}`),
        note,
      }),
  );
  try {
    while (stats.inMatch < bots.length) {
      if (performance.now() - startedAt > startWithinMs) throw late;
      await sleep(lookEveryMs);
    }
    // They play no further one.
    await Promise.all(bots.map((bot) => bot.stop()));
  } finally {
    for (const bot of bots) bot.close();
  }
  // What has not ended is not recorded.
  const records = stats.matchesFinished
    ? await Promise.all(sessions.map((session) => findRecord(url, session)))
    : [];
  return { stats, seconds: (performance.now() - startedAt) / 1_000, seed, records };
}

async function findRecord(url: string, session: Session): Promise<HistoryGame | undefined> {
  const deadline = performance.now() + recordedWithinMs;
  for (;;) {
    const { games } = await fetchHistory(url, session);
    if (games[0] || performance.now() > deadline) return games[0];
    await sleep(askEveryMs);
  }
}
