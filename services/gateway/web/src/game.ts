/** The one place where the page's state lives, and where it meets the server. Components read it and call it. */
import {
  fetchAuthOptions,
  fetchHistory,
  fetchLeaderboard,
  fetchProfile,
  fetchTicket,
  logOut,
  RequestError,
  verify,
} from '@overcookied/client/api.ts';
import type { Status } from '@overcookied/client/connection.ts';
import { Player } from '@overcookied/client/player.ts';
import type { LeaderboardName, Session } from '@overcookied/shared/api.ts';
import type { ErrorCode, Mode, Queued, ServerFrame } from '@overcookied/shared/protocol.ts';
import { computed, signal } from '@preact/signals';
import { clickMemory } from './click-memory.ts';
import { type Invitation, newCode, readInvitation, writeInvitation } from './invitation.ts';
import { Loadable } from './loadable.ts';
import { type Match, type MatchFrame, reduce } from './match.ts';
import { loadSession, saveSession } from './session.ts';
import type { texts } from './texts.ts';
import { isAbout, type Wait } from './wait.ts';

export type Screen = 'opening' | 'welcome' | 'lobby' | 'searching' | 'inviting' | 'arena' | 'result';
type Notice = keyof typeof texts.notice;

const matchFrames = ['GAME_START', 'UPDATE', 'COOKIE_SPAWN', 'OPPONENT_CLICK', 'GAME_OVER', 'ERROR'] as const;

const leaderboard = (board: LeaderboardName) => new Loadable(() => fetchLeaderboard('', board));

class Game {
  readonly session = signal<Session>();
  /** What players know it by that they can sign in with, if there is such a thing. */
  readonly issuer = signal<string>();
  /** False until it is known whether the kept session still holds. */
  readonly isOpen = signal(false);
  /** True when the server, not the player, ended the session. */
  readonly hasExpired = signal(false);
  readonly connection = signal<Status>();
  /** What the player waits for; beside a match that is over it is a rematch. */
  readonly wait = signal<Wait>();
  /** Also in the page's address, from when it is made or followed until the match, or until it is given up. */
  readonly invitation = signal<Invitation>();
  readonly match = signal<Match>();
  readonly notice = signal<Notice>();
  /** The server's clock in ms, as of the latest `tick`. */
  readonly now = signal(0);

  /** The leaderboard that the player looks at. */
  readonly board = signal<LeaderboardName>('alltime');
  readonly leaderboards: Readonly<Record<LeaderboardName, ReturnType<typeof leaderboard>>> = {
    alltime: leaderboard('alltime'),
    weekly: leaderboard('weekly'),
    rating: leaderboard('rating'),
  };
  readonly profile = new Loadable(async () =>
    this.session.value ? await fetchProfile('', this.session.value) : undefined,
  );
  readonly history = new Loadable(async () =>
    this.session.value ? await fetchHistory('', this.session.value) : undefined,
  );

  readonly screen = computed<Screen>(() => {
    if (!this.isOpen.value) return 'opening';
    if (!this.session.value) return 'welcome';
    if (this.match.value) return this.match.value.result ? 'result' : 'arena';
    if (!this.wait.value) return 'lobby';
    return this.wait.value.kind === 'private' ? 'inviting' : 'searching';
  });

  #player: Player | undefined;

  /** Takes up the session that the browser has, by cookie or kept by this page, unless the server rejects it. */
  async open(): Promise<void> {
    this.invitation.value = readInvitation();
    addEventListener('hashchange', () => this.#follow(readInvitation()));
    const signedIn = await this.#whoSignedIn();
    const kept = loadSession();
    if (signedIn) {
      saveSession(undefined);
      this.#begin(signedIn);
    } else if (kept) {
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

  /** Who has signed in, by the cookie; undefined when nobody has, or the server cannot say. */
  async #whoSignedIn(): Promise<Session | undefined> {
    try {
      const { issuer, signedIn } = await fetchAuthOptions('');
      this.issuer.value = issuer ?? undefined;
      return signedIn ? await verify('') : undefined;
    } catch {
      // A guest may play on all the same.
      return undefined;
    }
  }

  /** Plays as a guest, whom the browser will know again. */
  enter(session: Session): void {
    saveSession(session);
    this.#begin(session);
  }

  #begin(session: Session): void {
    this.session.value = session;
    this.hasExpired.value = false;
    this.connect();
  }

  /** Ends the session; whoever has signed in stays so if the server cannot take the cookie back. */
  async logOut(): Promise<void> {
    try {
      if (this.issuer.value !== undefined) await logOut('');
      this.leave();
    } catch {
      this.notice.value = 'no_logout';
    }
  }

  /** Forgets who the player is. */
  leave(): void {
    this.#disconnect();
    saveSession(undefined);
    this.session.value = undefined;
    this.profile.reset();
    this.history.reset();
    this.toLobby();
  }

  /** Forgets who the player is because the token no longer holds. An invitation is for whoever comes next. */
  expire(): void {
    const invitation = this.invitation.value;
    this.leave();
    this.#setInvitation(invitation);
    this.hasExpired.value = true;
  }

  /**
   * Opens a connection in place of the one there is. A match that is on is sent by the server at once; else the
   * player waits for whom an invitation names.
   */
  connect(): void {
    const token = this.session.value?.token;
    if (token === undefined) return;
    const invitation = this.invitation.value;
    this.#disconnect();
    this.toLobby();
    const player = new Player({
      url: location.origin.replace(/^http/, 'ws'),
      token,
      ticket: (token, signal) => fetchTicket('', token, signal),
      memory: clickMemory,
    });
    this.#player = player;
    this.connection.value = player.status;
    player.on('status', (status) => {
      this.connection.value = status;
    });
    player.on('QUEUED', (queued) => this.#queued(queued));
    for (const type of matchFrames) {
      player.on(type, (payload) => this.#see({ type, payload } as ServerFrame));
    }
    player.on('ERROR', ({ code }) => this.#refused(code));
    if (invitation) this.#accept(invitation);
  }

  /** Waits for whoever fits. */
  play(): void {
    this.toLobby();
    this.#join('ranked');
  }

  /** Plays a bot meanwhile. */
  practise(): void {
    this.#join('practice');
  }

  /** Waits for whoever opens the link to a new invitation. */
  invite(): void {
    this.toLobby();
    this.#accept({ code: newCode(), isOwn: true });
  }

  /** Asks the opponent for another match. */
  rematch(): void {
    this.#startWaiting('rematch');
    this.#player?.rematch();
  }

  /** Waits no more, for whomever it was. */
  cancel(): void {
    if (this.wait.value) this.#player?.leaveQueue();
    this.wait.value = this.notice.value = undefined;
    this.#setInvitation(undefined);
  }

  /** One click on the big cookie. @returns false when it does not count: too early, or too late */
  bake(): boolean {
    const match = this.match.value;
    if (!match || match.result || !this.#player?.click()) return false;
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
    this.cancel();
    this.match.value = undefined;
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

  #startWaiting(kind: Wait['kind']): void {
    this.notice.value = undefined;
    this.wait.value = { kind, since: this.#serverNow() };
  }

  #join(mode: Mode, code?: string): void {
    this.#startWaiting(mode);
    this.#player?.joinQueue({ mode, code });
  }

  /** The address has changed while the page was open: a link was followed in this window. */
  #follow(invitation: Invitation | undefined): void {
    if (!invitation) return;
    if (this.screen.value === 'arena') {
      // A match is not left for another one.
      this.#setInvitation(undefined);
    } else if (this.session.value) {
      this.toLobby();
      this.#accept(invitation);
    } else {
      this.#setInvitation(invitation);
    }
  }

  #accept(invitation: Invitation): void {
    this.#setInvitation(invitation);
    this.#join('private', invitation.code);
  }

  #setInvitation(invitation: Invitation | undefined): void {
    this.invitation.value = invitation;
    writeInvitation(invitation);
  }

  #queued(queued: Queued): void {
    const wait = this.wait.value;
    if (!wait || !isAbout(wait, queued, this.match.value?.mode)) return;
    this.wait.value = { ...wait, since: queued.since, queued };
    const notice = this.notice.value;
    // It is being dealt with again; and that no bot was free holds until one is.
    if (notice !== 'no_practice' || queued.practice) this.notice.value = undefined;
  }

  #see(frame: MatchFrame): void {
    this.tick();
    const openClicks = this.#player?.openClicks ?? 0;
    this.match.value = reduce(this.match.value, frame, { now: this.now.value, openClicks });
    if (frame.type !== 'GAME_START') return;
    this.wait.value = this.notice.value = undefined;
    // It has done its work: the page that is reloaded after the match must not try it again.
    this.#setInvitation(undefined);
  }

  #refused(code: ErrorCode): void {
    const kind = this.wait.value?.kind;
    switch (code) {
      case 'match_lost':
      case 'match_forgotten':
        this.toLobby();
        break;
      case 'code_used':
      case 'code_expired':
        if (kind !== 'private') return;
        this.toLobby();
        break;
      case 'no_rematch':
        if (kind !== 'rematch') return;
        this.wait.value = undefined;
        break;
      case 'no_practice':
        if (kind !== 'practice') return;
        this.#join('ranked');
        break;
      case 'busy':
      case 'unavailable':
        if (!kind) return;
        break;
      default:
        return;
    }
    this.notice.value = code;
  }
}

/** The page's game. */
export const game = new Game();
