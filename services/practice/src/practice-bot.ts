import { Hand } from '@overcookied/bot/hand.ts';
import { Random } from '@overcookied/bot/random.ts';
import type { Status } from '@overcookied/client/connection.ts';
import { Player } from '@overcookied/client/player.ts';
import type { Session } from '@overcookied/shared/api.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import {
  type ErrorCode,
  type FrameOf,
  type GameStart,
  rematchMs,
  type ServerFrame,
} from '@overcookied/shared/protocol.ts';
import type { Level } from './level.ts';

/** A match that its player still wants has begun after so long, in ms. */
const startWithinMs = 15_000;
/** So long after the time at which even a player who stayed away has lost, the end is taken for forgotten, in ms. */
const overdueMs = 10_000;

/** The player whom the bot was for is gone, has a bot already, or does not want another match. */
const refusals: ReadonlySet<ErrorCode> = new Set(['no_practice', 'no_rematch']);

/**
 * What became of a bot: it played all the matches that its player wanted; nobody came, or not even the refusal
 * that says so; the server never told of an end; the gateway sent the bot away; this service ended.
 */
export type Outcome = 'played' | 'refused' | 'no_match' | 'overdue' | 'sent_away' | 'stopped';

interface PracticeBotOptions {
  session: Session;
  /** WebSocket address of a gateway. */
  url: string;
  /** By which the bot finds its player. */
  code: string;
  level: Level;
  /** Of its hand: the same seed makes the same clicks. */
  seed: number;
  log: Logger;
}

/**
 * One bot's life: a match, and others for as long as its player asks for them. It is a client like any other, and
 * knows what a player sees.
 *
 * It always ends: whatever it waits for has a time by which it must have come.
 */
export class PracticeBot {
  /** Resolves when the bot is gone. */
  readonly ended: Promise<Outcome>;
  readonly #options: PracticeBotOptions;
  readonly #player: Player;
  readonly #random: { clicks: Random; golden: Random };
  #match: { roomId: string; hand: Hand } | undefined;
  #hasPlayed = false;
  #deadline: NodeJS.Timeout | undefined;
  #resolve: ((outcome: Outcome) => void) | undefined;

  constructor(options: PracticeBotOptions) {
    this.#options = options;
    const { session, url, code, seed } = options;
    this.#random = { clicks: new Random(seed, 1), golden: new Random(seed, 2) };
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const player = new Player({ url, token: session.token });
    this.#player = player;
    player.on('status', (status) => this.#statusIs(status));
    player.on('GAME_START', (start) => this.#started(start));
    player.on('COOKIE_SPAWN', ({ id }) => this.#match?.hand.see(id));
    player.on('UPDATE', ({ goldenCookieClaimedBy, rematch }) => {
      if (goldenCookieClaimedBy !== undefined) this.#match?.hand.lose();
      if (rematch !== undefined && !this.#match) this.#playAgain();
    });
    player.on('GAME_OVER', (over) => this.#over(over));
    player.on('ERROR', (error) => {
      if (refusals.has(error.code) && !this.#match) this.#end('refused');
    });
    this.#giveUpAfter(startWithinMs, 'no_match');
    // Sent when the connection is open, and again whenever it comes back.
    player.joinQueue({ mode: 'practice', code });
  }

  /** Ends at once. A match that is on is the player's, who need not wait for somebody who does not come back. */
  stop(): void {
    if (this.#match) this.#player.quit();
    this.#end('stopped');
  }

  #giveUpAfter(ms: number, outcome: Outcome): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#end(outcome), ms);
  }

  #statusIs(status: Status): void {
    if (status.state !== 'closed' || !this.#resolve) return;
    const { code, reason } = status;
    this.#options.log.warn({ code, reason }, 'a gateway sent a practice bot away');
    this.#end('sent_away');
  }

  #started({ roomId, opponent, startsAt, endsAt, now, rules }: GameStart): void {
    this.#giveUpAfter(endsAt - now + rules.graceMs + overdueMs, 'overdue');
    // The connection is back, and the hand has never stopped.
    if (roomId === this.#match?.roomId) return;
    this.#match?.hand.stop();
    const { level, log } = this.#options;
    const player = this.#player;
    const hand = new Hand({
      ...level,
      clock: player.clock,
      startsAt,
      endsAt,
      random: this.#random,
      click: () => player.click(),
      claim: (id) => player.claim(id),
    });
    this.#match = { roomId, hand };
    log.info({ room: roomId, opponent, clicksPerSecond: level.clicksPerSecond }, 'practice match begins');
  }

  #over({ winner, reason, p1Score, p2Score }: FrameOf<ServerFrame, 'GAME_OVER'>['payload']): void {
    if (!this.#match) return;
    const { session, log } = this.#options;
    const result = winner === session.id ? 'won' : winner === 'draw' ? 'draw' : 'lost';
    log.info({ room: this.#match.roomId, result, reason, p1Score, p2Score }, 'practice match over');
    this.#match.hand.stop();
    this.#match = undefined;
    this.#hasPlayed = true;
    this.#giveUpAfter(rematchMs, 'played');
  }

  #playAgain(): void {
    this.#player.rematch();
    this.#giveUpAfter(startWithinMs, 'played');
  }

  #end(outcome: Outcome): void {
    if (!this.#resolve) return;
    const resolve = this.#resolve;
    this.#resolve = undefined;
    clearTimeout(this.#deadline);
    this.#match?.hand.stop();
    this.#player.close();
    resolve(outcome === 'refused' && this.#hasPlayed ? 'played' : outcome);
  }
}
