/** What the server has recorded, as the lobby shows it. */
import { fetchHistory, fetchLeaderboard, fetchProfile } from '@overcookied/client/api.ts';
import type { LeaderboardName, Session } from '@overcookied/shared/api.ts';
import { signal } from '@preact/signals';
import { account } from './account.ts';
import { Loadable } from './loadable.ts';

const leaderboard = (board: LeaderboardName) => new Loadable(() => fetchLeaderboard('', board));

/** What is one player's; nothing while nobody plays. */
const own = <T>(fetch: (session: Session) => Promise<T>) =>
  new Loadable(async () => (account.session.value ? await fetch(account.session.value) : undefined));

class Records {
  /** The leaderboard that the player looks at. */
  readonly board = signal<LeaderboardName>('alltime');
  readonly leaderboards: Readonly<Record<LeaderboardName, ReturnType<typeof leaderboard>>> = {
    alltime: leaderboard('alltime'),
    weekly: leaderboard('weekly'),
    rating: leaderboard('rating'),
  };
  readonly profile = own((session) => fetchProfile('', session));
  readonly history = own((session) => fetchHistory('', session));

  /** Fetches what the lobby shows; what was there stays until the new is. */
  load(): void {
    void this.profile.load();
    void this.leaderboards[this.board.peek()].load();
    void this.history.load();
  }

  /** Looks at another leaderboard. */
  choose(board: LeaderboardName): void {
    this.board.value = board;
    void this.leaderboards[board].load();
  }

  /** Forgets what is one player's. */
  reset(): void {
    this.profile.reset();
    this.history.reset();
  }
}

export const records = new Records();
