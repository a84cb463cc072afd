import type { FrameOf, GameStart, ServerFrame, Update } from '@overcookied/shared/protocol.ts';
import type { Hand } from './hand.ts';
import { Ledger } from './ledger.ts';
import type { Match } from './match.ts';
import type { Stats } from './stats.ts';

type GameOver = FrameOf<ServerFrame, 'GAME_OVER'>['payload'];

/** One bot's part in one match: what it did and what it was told. Methods return which promises were broken. */
export class Seat {
  readonly start: GameStart;
  readonly match: Match;
  readonly #playerId: string;
  readonly #stats: Stats;
  readonly #ledger: Ledger;
  readonly #hand: Hand;
  #made: number;
  #clickedAt = 0;
  /** Clicks counted before this process began: a bot's own are numbered from here. */
  readonly #ackBefore: number;
  /** The connection was down when the match ended. */
  #cutOffAtEnd = false;

  constructor(start: GameStart, match: Match, hand: Hand, playerId: string, stats: Stats) {
    this.start = start;
    this.match = match;
    this.#hand = hand;
    this.#playerId = playerId;
    this.#stats = stats;
    this.#ledger = new Ledger(start);
    this.#ackBefore = start.ack;
    this.#made = start.ack;
    this.#checkGap(start);
  }

  get roomId(): string {
    return this.start.roomId;
  }

  /** The bot clicks. @param now by the server's clock, in ms */
  clicked(now: number): void {
    this.#made++;
    this.#clickedAt = now;
    this.#stats.clicksMade++;
    this.match.clicked(this.start.role, performance.now());
  }

  /** GAME_START again, on a new connection. */
  resume(start: GameStart): string | undefined {
    this.#checkGap(start);
    this.#cutOffAtEnd = start.now >= start.endsAt;
    return this.#ledger.resume(start);
  }

  update(update: Update, now: number): string | undefined {
    if (update.goldenCookieClaimedBy !== undefined) {
      this.#hand.lose();
      if (update.goldenCookieClaimedBy === this.#playerId) this.#stats.goldenClaimed++;
    }
    const theirs = this.#ledger.theirScore;
    const told = this.#ledger.toldClicks || update.goldenCookieClaimedBy !== undefined;
    const wrong = this.#ledger.update(update, now);
    // Some of the other's clicks were told in sum only, after a gap.
    if (!told && this.#ledger.theirScore > theirs) this.match.missed(this.start.role);
    return wrong;
  }

  opponentClicked(count: number): void {
    this.#ledger.opponentClicked(count);
    for (const latencyMs of this.match.seen(this.start.role, count, performance.now())) {
      this.#stats.saw(latencyMs);
    }
  }

  spawned(id: number | undefined): void {
    this.#ledger.spawned();
    this.#hand.see(id);
    if (id === undefined || id <= this.match.golden) return;
    this.#stats.goldenSpawned += id - this.match.golden;
    this.match.golden = id;
  }

  /** Some clicks were too fast to count: the opponent is never told of them, which would be taken for slowness. */
  tooFast(): void {
    this.match.missed(this.start.role === 'p1' ? 'p2' : 'p1');
  }

  /** @returns which promises were broken, and what to say of clicks that were lost */
  over(over: GameOver, now: number): { wrong: string[]; lost: string | undefined } {
    this.#hand.stop();
    const stats = this.#stats;
    const { first, wrong } = this.match.over(this.#playerId, over, now);
    const mistake = this.#ledger.over(over);
    const { ack, tooFast, score } = this.#ledger;
    if (ack > this.#made) wrong.push(`${ack} clicks counted of ${this.#made} made`);

    if (first) {
      stats.matchesFinished++;
      stats.endReasons.add(over.reason ?? 'time up');
    }
    const open = Math.max(0, this.#made - ack);
    stats.clicksSettled += this.#made - this.#ackBefore;
    stats.clicksCounted += ack - this.#ackBefore - tooFast;
    stats.clicksTooFast += tooFast;
    stats.points += score;
    if (mistake !== undefined) wrong.push(mistake);
    if (over.reason || this.#cutOffAtEnd) {
      stats.clicksUnfinished += open;
      return { wrong, lost: undefined };
    }
    stats.clicksLost += open;
    const beforeEnd = Math.round(this.start.endsAt - this.#clickedAt);
    return {
      wrong,
      lost: open ? `lost ${open} click(s), the last made ${beforeEnd} ms before the end` : undefined,
    };
  }

  /** The bot has to leave the match without having been told of its end. */
  giveUp(): void {
    this.#hand.stop();
    this.#stats.matchesGivenUp++;
  }

  /** On a return during play, nobody tells which of the other's clicks were counted meanwhile. */
  #checkGap({ resumed, now, startsAt }: GameStart): void {
    if (resumed && now >= startsAt) this.match.missed(this.start.role);
  }
}
