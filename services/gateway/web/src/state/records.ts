/** What the server knows beside a match, as the lobby shows it: what it has recorded, and what goes on. */
import {
  fetchHistory,
  fetchLeaderboard,
  fetchLobbyNews,
  fetchPlace,
  fetchProfile,
} from '@overcookied/client/api.ts';
import type { LeaderboardName, Session } from '@overcookied/shared/api.ts';
import { signal } from '@preact/signals';
import { account } from './account.ts';
import { Loadable } from './loadable.ts';
import { poll } from './poll.ts';

const newsPace = { everyMs: 5_000, longestMs: 60_000 };

/** What is one player's; nothing while nobody plays. */
const own = <T>(fetch: (session: Session) => Promise<T>) =>
  new Loadable(async () => (account.session.value ? await fetch(account.session.value) : undefined));

const ofBoard = (board: LeaderboardName) => ({
  best: new Loadable(() => fetchLeaderboard('', board)),
  /** Where the player stands on it. */
  place: own((session) => fetchPlace('', session, board)),
});

class Records {
  /** The leaderboard that the player looks at. */
  readonly board = signal<LeaderboardName>('alltime');
  readonly leaderboards: Readonly<Record<LeaderboardName, ReturnType<typeof ofBoard>>> = {
    alltime: ofBoard('alltime'),
    weekly: ofBoard('weekly'),
    rating: ofBoard('rating'),
  };
  readonly profile = own((session) => fetchProfile('', session));
  readonly history = own((session) => fetchHistory('', session));
  readonly news = new Loadable(() => fetchLobbyNews(''));

  /** Fetches what is recorded; what was there stays until the new is. */
  load(): void {
    for (const each of this.#shown) void each.load();
  }

  /** Fetches again what could not be fetched. */
  retry(): void {
    for (const each of this.#shown) if (each.current.peek().state === 'failed') void each.load();
  }

  /** Fetches the news again and again. @returns what ends it */
  follow(): () => void {
    return poll(() => this.news.load(), newsPace);
  }

  /** Looks at another leaderboard. */
  choose(board: LeaderboardName): void {
    this.board.value = board;
    this.loadBoard();
  }

  /** Fetches the leaderboard that the player looks at. */
  loadBoard(): void {
    const { best, place } = this.leaderboards[this.board.peek()];
    void best.load();
    void place.load();
  }

  /** Forgets what is one player's. */
  reset(): void {
    const places = Object.values(this.leaderboards).map(({ place }) => place);
    for (const each of [this.profile, this.history, ...places]) each.reset();
  }

  get #shown() {
    const { best, place } = this.leaderboards[this.board.peek()];
    return [this.profile, best, place, this.history];
  }
}

export const records = new Records();
