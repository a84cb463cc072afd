import type { FrameOf, GameStart, Role, ServerFrame, Update } from '@overcookied/shared/protocol.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import { Side } from './side.ts';

/** Own, opponent's. */
type Scores = [own: number, their: number];

/**
 * A match's scores as one player is told of them, checked against the rules: each gain must be what the clicks
 * or the claim told with it are worth. Where frames were missed (a new connection, a gap that the gateway
 * repaired) the new scores are taken as they are, and only must not be lower.
 *
 * All times are ms since 1970 by the server's clock. Methods return what is wrong, or undefined.
 */
export class Ledger {
  readonly #role: Role;
  readonly #opponent: string;
  readonly #rules: Rules;
  readonly #own: Side;
  readonly #their: Side;
  /** Number of the latest event told of; undefined when it is not known which one comes next. */
  #seq: number | undefined;
  #ack: number;
  /** Highest own click that the scores contain: an `ack` may come before the event that tells its points. */
  #ackInScore: number;
  #tooFast = 0;
  #theirClicks = 0;

  constructor(start: GameStart) {
    const [own, their] = sort(start.role, start);
    this.#role = start.role;
    this.#opponent = start.opponent;
    this.#rules = start.rules;
    this.#own = new Side(own, start.rules);
    this.#their = new Side(their, start.rules);
    this.#seq = start.seq;
    this.#ackInScore = start.ack;
    this.#ack = start.ack;
    if (start.resumed) this.#accept([own, their], undefined, start.ack, start.now);
  }

  /** The player's points. */
  get score(): number {
    return this.#own.score;
  }

  get theirScore(): number {
    return this.#their.score;
  }

  /** Whether OPPONENT_CLICK came since the latest score: the next one contains it. */
  get toldClicks(): boolean {
    return this.#theirClicks > 0;
  }

  /** Highest own click that was dealt with. */
  get ack(): number {
    return this.#ack;
  }

  /** How many of the acknowledged clicks were too fast to count. Exact unless frames were missed. */
  get tooFast(): number {
    return this.#tooFast;
  }

  /** A new connection begins with the whole state. */
  resume(start: GameStart): string | undefined {
    this.#ack = Math.max(this.#ack, start.ack);
    return this.#accept(sort(this.#role, start), undefined, start.ack, start.now);
  }

  /** OPPONENT_CLICK; the UPDATE after it tells what they were worth. */
  opponentClicked(count: number): void {
    this.#theirClicks += count;
  }

  /** COOKIE_SPAWN: an event that changes no score. */
  spawned(): void {
    if (this.#seq !== undefined) this.#seq++;
  }

  update(update: Update, now: number): string | undefined {
    const { seq, ack, bonusUntil, goldenCookieClaimedBy: claimedBy, p1Score, p2Score } = update;
    this.#ack = Math.max(this.#ack, ack ?? 0);
    if (seq === undefined || p1Score === undefined || p2Score === undefined) {
      // That the opponent is away, or back, is an event as well.
      if (update.opponentAwayUntil !== undefined && seq === (this.#seq ?? 0) + 1) this.#seq = seq;
      return undefined;
    }

    const scores = sort(this.#role, { p1Score, p2Score });
    const ownClicks = ack === undefined ? 0 : Math.max(0, ack - this.#ackInScore);
    const theirClicks = this.#theirClicks;
    // Own clicks are told with a higher `ack`, the opponent's after OPPONENT_CLICK: all else is a repair.
    const isEvent = claimedBy !== undefined || ownClicks > 0 || (theirClicks > 0 && ack === undefined);
    if (this.#seq === undefined || seq !== this.#seq + 1 || !isEvent) {
      // What repaired scores contain of a claim is told after them.
      return this.#accept(scores, seq, ack ?? this.#ackInScore, now);
    }
    const gains: Scores = [scores[0] - this.#own.score, scores[1] - this.#their.score];
    const wrong =
      claimedBy === undefined
        ? this.#checkClicks(gains, ownClicks, theirClicks, now)
        : this.#checkClaim(gains, claimedBy === this.#opponent, bonusUntil ?? now);
    this.#take(scores, seq, ack ?? this.#ackInScore);
    return wrong;
  }

  /** The match is over: nothing may have changed since the latest update, if none was missed. */
  over(over: FrameOf<ServerFrame, 'GAME_OVER'>['payload']): string | undefined {
    const scores = sort(this.#role, over);
    const known = `${this.#own.score}:${this.#their.score}`;
    if (this.#seq !== undefined && scores.join(':') !== known) {
      return `the final score is ${scores.join(':')} after an update that said ${known} (own:opponent's)`;
    }
    return this.#accept(scores, undefined, this.#ackInScore, 0);
  }

  #accept(scores: Scores, seq: number | undefined, ack: number, now: number): string | undefined {
    const before: Scores = [this.#own.score, this.#their.score];
    this.#own.doubt(now);
    this.#their.doubt(now);
    this.#take(scores, seq, ack);
    if (scores[0] >= before[0] && scores[1] >= before[1]) return undefined;
    return `a score went down, from ${before.join(':')} to ${scores.join(':')} (own:opponent's)`;
  }

  #take([own, their]: Scores, seq: number | undefined, ack: number): void {
    this.#own.score = own;
    this.#their.score = their;
    this.#seq = seq;
    this.#ackInScore = ack;
    this.#theirClicks = 0;
  }

  #checkClaim([own, their]: Scores, byThem: boolean, bonusUntil: number): string | undefined {
    (byThem ? this.#their : this.#own).claimed(bonusUntil);
    const [claimer, other] = byThem ? [their, own] : [own, their];
    const { goldenPoints } = this.#rules;
    if (claimer === goldenPoints && other === 0) return undefined;
    return `a golden cookie gave its claimer ${claimer} and the other ${other}, not ${goldenPoints} and 0`;
  }

  #checkClicks(
    [own, their]: Scores,
    ownClicks: number,
    theirClicks: number,
    now: number,
  ): string | undefined {
    // What is told of the opponent's clicks are those that counted; of one's own, those that were looked at,
    // all of which count until the burst is used up.
    const leastOwn = this.#ackInScore + ownClicks > this.#rules.clickBurst ? 0 : ownClicks;
    const counted = this.#own.countedFor(own, ownClicks, leastOwn, now);
    if (counted === undefined) return `${ownClicks} own click(s) gave ${own}`;
    this.#tooFast += ownClicks - counted;
    if (this.#their.countedFor(their, theirClicks, theirClicks, now) !== undefined) return undefined;
    return `${theirClicks} click(s) of the opponent gave ${their}`;
  }
}

function sort(role: Role, { p1Score, p2Score }: { p1Score: number; p2Score: number }): Scores {
  return role === 'p1' ? [p1Score, p2Score] : [p2Score, p1Score];
}
