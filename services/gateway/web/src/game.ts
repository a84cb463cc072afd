/** The one place where the page's state lives, and where it meets the server. Components read it and call it. */
import { fetchHistory, fetchLeaderboard, RequestError, verify } from '@overcookied/client/api.ts';
import type { Status } from '@overcookied/client/connection.ts';
import { Player } from '@overcookied/client/player.ts';
import type { Session } from '@overcookied/shared/api.ts';
import type { ErrorCode, ServerFrame } from '@overcookied/shared/protocol.ts';
import { computed, signal } from '@preact/signals';
import { Loadable } from './loadable.ts';
import { type Match, type MatchFrame, reduce } from './match.ts';
import { loadSession, saveSession } from './session.ts';
import type { texts } from './texts.ts';
import { isPlaying } from './timing.ts';

export type Screen = 'opening' | 'welcome' | 'lobby' | 'searching' | 'arena' | 'result';
type Notice = keyof typeof texts.notice;

/** A place in the queue. */
interface Queue {
  /** In ms by the server's clock. */
  since: number;
  /** Players waiting, this one included; unknown until the server has answered. */
  waiting: number | undefined;
}

const matchFrames = ['GAME_START', 'UPDATE', 'COOKIE_SPAWN', 'OPPONENT_CLICK', 'GAME_OVER'] as const;

class Game {
  readonly session = signal<Session>();
  /** False until it is known whether the kept session still holds. */
  readonly isOpen = signal(false);
  /** True when the server, not the player, ended the session. */
  readonly hasExpired = signal(false);
  readonly connection = signal<Status>();
  readonly queue = signal<Queue>();
  readonly match = signal<Match>();
  readonly notice = signal<Notice>();
  /** The server's clock in ms, as of the latest `tick`. */
  readonly now = signal(0);

  readonly leaderboard = new Loadable(() => fetchLeaderboard(''));
  readonly history = new Loadable(async () =>
    this.session.value ? await fetchHistory('', this.session.value) : undefined,
  );

  readonly screen = computed<Screen>(() => {
    if (!this.isOpen.value) return 'opening';
    if (!this.session.value) return 'welcome';
    if (this.match.value) return this.match.value.result ? 'result' : 'arena';
    return this.queue.value ? 'searching' : 'lobby';
  });

  #player: Player | undefined;

  /** Takes up the session that the browser kept, unless the server rejects its token. */
  async open(): Promise<void> {
    const kept = loadSession();
    if (kept) {
      try {
        this.enter(await verify('', kept.token));
      } catch (error) {
        // A server that is away has not rejected anybody: the connection keeps trying.
        if (error instanceof RequestError && error.status === 401) this.expire();
        else this.enter(kept);
      }
    }
    this.isOpen.value = true;
  }

  enter(session: Session): void {
    saveSession(session);
    this.session.value = session;
    this.hasExpired.value = false;
    this.connect();
  }

  /** Forgets who the player is. */
  leave(): void {
    this.#disconnect();
    saveSession(undefined);
    this.session.value = undefined;
    this.history.reset();
    this.toLobby();
  }

  /** Forgets who the player is because the token no longer holds. */
  expire(): void {
    this.leave();
    this.hasExpired.value = true;
  }

  /** Opens a connection in place of the one there is. A match that is on is sent by the server at once. */
  connect(): void {
    const token = this.session.value?.token;
    if (token === undefined) return;
    this.#disconnect();
    this.toLobby();
    const player = new Player({ url: location.origin.replace(/^http/, 'ws'), token });
    this.#player = player;
    this.connection.value = player.status;
    player.on('status', (status) => {
      this.connection.value = status;
    });
    player.on('QUEUED', (queued) => {
      if (!this.queue.value) return;
      this.queue.value = queued;
      this.notice.value = undefined;
    });
    player.on('ERROR', ({ code }) => this.#refused(code));
    for (const type of matchFrames) {
      player.on(type, (payload) => this.#see({ type, payload } as ServerFrame));
    }
  }

  play(): void {
    this.toLobby();
    this.queue.value = { since: this.#serverNow(), waiting: undefined };
    this.#player?.joinQueue();
  }

  cancel(): void {
    this.queue.value = undefined;
    this.#player?.leaveQueue();
  }

  /** One click on the big cookie. @returns false when it does not count: too early, or too late */
  bake(): boolean {
    const match = this.match.value;
    if (!match || match.result || !isPlaying(match, this.#serverNow())) return false;
    this.#player?.click();
    this.#see({ type: 'OWN_CLICK' });
    return true;
  }

  claimGolden(): void {
    const golden = this.match.value?.golden;
    if (golden) this.#player?.claim(golden.id);
  }

  quit(): void {
    this.#player?.quit();
  }

  toLobby(): void {
    this.match.value = undefined;
    this.queue.value = undefined;
    this.notice.value = undefined;
  }

  /** Moves `now` on; called once a frame by the screens that show time. */
  tick(): void {
    this.now.value = this.#serverNow();
  }

  #disconnect(): void {
    this.#player?.close();
    this.#player = undefined;
    this.connection.value = undefined;
  }

  #serverNow(): number {
    return this.#player?.clock.now() ?? Date.now();
  }

  #see(frame: MatchFrame): void {
    this.tick();
    const openClicks = this.#player?.openClicks ?? 0;
    this.match.value = reduce(this.match.value, frame, { now: this.now.value, openClicks });
    if (frame.type === 'GAME_START') this.queue.value = this.notice.value = undefined;
  }

  #refused(code: ErrorCode): void {
    if (code === 'match_lost') this.toLobby();
    else if (!this.queue.value) return;
    if (code === 'match_lost' || code === 'busy' || code === 'unavailable') this.notice.value = code;
  }
}

/** The page's game. */
export const game = new Game();
