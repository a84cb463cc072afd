/** The one place where the page's state lives, and where it meets the server. Components read it and call it. */
import { fetchTicket } from '@overcookied/client/api.ts';
import type { Status } from '@overcookied/client/connection.ts';
import { Player } from '@overcookied/client/player.ts';
import type { Session } from '@overcookied/shared/api.ts';
import type { ErrorCode, Mode, Queued, ServerFrame } from '@overcookied/shared/protocol.ts';
import { computed, signal } from '@preact/signals';
import { type Match, type MatchFrame, reduce } from '../match/match.ts';
import type { Texts } from '../texts/texts.ts';
import { account } from './account.ts';
import { clickMemory } from './click-memory.ts';
import { type Invitation, newCode, readInvitation, writeInvitation } from './invitation.ts';
import { records } from './records.ts';
import { isAbout, type Wait } from './wait.ts';

export type Screen = 'opening' | 'welcome' | 'lobby' | 'searching' | 'inviting' | 'arena' | 'result';
type Notice = keyof Texts['notice'];

const matchFrames = ['GAME_START', 'UPDATE', 'COOKIE_SPAWN', 'OPPONENT_CLICK', 'GAME_OVER', 'ERROR'] as const;

class Game {
  /** False until it is known whether the kept session still holds. */
  readonly isOpen = signal(false);
  readonly connection = signal<Status>();
  /** False while the browser has no network at all. */
  readonly online = signal(true);
  /** What the player waits for; beside a match that is over it is a rematch. */
  readonly wait = signal<Wait>();
  /** Also in the page's address, from when it is made or followed until the match, or until it is given up. */
  readonly invitation = signal<Invitation>();
  readonly match = signal<Match>();
  readonly notice = signal<Notice>();
  /** Presses on the cookie that is there to try, before there is any match. */
  readonly tastes = signal(0);
  /** The server's clock in ms, as of the latest `tick`. */
  readonly now = signal(0);

  readonly screen = computed<Screen>(() => {
    if (!this.isOpen.value) return 'opening';
    if (!account.session.value) return 'welcome';
    if (this.match.value) return this.match.value.result ? 'result' : 'arena';
    if (!this.wait.value) return 'lobby';
    return this.wait.value.kind === 'private' ? 'inviting' : 'searching';
  });

  #player: Player | undefined;
  /** Whether an opponent was looked for as a bot was asked for: that goes on when none is free. */
  #wasSearching = false;

  /** Goes on where the browser left off: who plays, and whom an invitation names. */
  async open(): Promise<void> {
    this.invitation.value = readInvitation();
    addEventListener('hashchange', () => this.#follow(readInvitation()));
    for (const change of ['online', 'offline'] as const) {
      addEventListener(change, () => {
        this.online.value = navigator.onLine;
      });
    }
    await account.open();
    if (account.session.value) this.connect();
    this.isOpen.value = true;
  }

  /** Plays as a guest, whom the browser will know again. */
  enter(session: Session): void {
    account.enter(session);
    this.connect();
  }

  /** Ends the session; whoever has signed in stays so if the server cannot take the cookie back. */
  async logOut(): Promise<void> {
    try {
      await account.logOut();
      this.leave();
    } catch {
      this.notice.value = 'no_logout';
    }
  }

  /** Forgets who the player is. */
  leave(): void {
    this.#disconnect();
    account.leave();
    records.reset();
    this.toLobby();
  }

  /** Forgets who the player is because the token no longer holds. An invitation is for whoever comes next. */
  expire(): void {
    const invitation = this.invitation.value;
    this.leave();
    this.#setInvitation(invitation);
    account.expire();
  }

  /**
   * Opens a connection in place of the one there is. A match that is on is sent by the server at once, and one on the
   * screen stays there until the server has said what became of it; else the player waits for whom an invitation names,
   * or for whom they waited before.
   */
  connect(): void {
    const token = account.session.value?.token;
    if (token === undefined) return;
    const before = this.#player;
    this.#disconnect();
    this.notice.value = undefined;
    const player = new Player({
      before,
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
    this.#waitAgain();
  }

  /** Waits for whoever fits. */
  play(): void {
    this.toLobby();
    this.#join('ranked');
  }

  /** Plays a bot: instead of anybody else, or while an opponent is looked for. */
  practise(): void {
    this.#wasSearching = this.wait.value?.kind === 'ranked';
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

  /** One press on the dough that shortens the wait. */
  knead(): void {
    const wait = this.wait.value;
    if (wait) this.wait.value = { ...wait, kneads: wait.kneads + 1 };
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
    this.wait.value = { kind, since: this.#serverNow(), kneads: this.wait.value?.kneads ?? 0 };
  }

  #waitAgain(): void {
    const invitation = this.invitation.value;
    const kind = this.wait.value?.kind;
    if (invitation) this.#accept(invitation);
    else if (kind === 'rematch') this.rematch();
    else if (kind) this.#join(kind);
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
    } else if (account.session.value) {
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
        if (!this.#wasSearching) {
          this.toLobby();
          this.notice.value = 'no_warm_up';
          return;
        }
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
