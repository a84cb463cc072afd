import type { Status } from '@overcookied/client/connection.ts';
import { Player, type Wish } from '@overcookied/client/player.ts';
import type { Session } from '@overcookied/shared/api.ts';
import type { ErrorCode, FrameOf, GameStart, ServerFrame } from '@overcookied/shared/protocol.ts';
import { Hand } from './hand.ts';
import type { Matches } from './matches.ts';
import { Random } from './random.ts';
import { Seat } from './seat.ts';
import type { Stats } from './stats.ts';

type GameOver = FrameOf<ServerFrame, 'GAME_OVER'>['payload'];

const pauseMs = [200, 1_000] as const;
/** So long after the time at which even a player who stayed away has lost, the end is taken for forgotten, in ms. */
const overdueMs = 10_000;
/** Whoever leaves the queue may just have been paired: so long it waits for a match to be told of, in ms. */
const lateStartMs = 1_500;

interface BotOptions {
  session: Session;
  /** WebSocket address of its gateway. */
  url: string;
  clicksPerSecond: number;
  /** Whom to play: whoever is there, unless it says otherwise. */
  wish?: Wish;
  seed: number;
  /** Its number among the bots. */
  index: number;
  matches: Matches;
  stats: Stats;
  /** Is told, in words, of each promise that was broken. */
  violated(what: string): void;
  /** Is told, in words, of what else is worth a line. */
  note(what: string): void;
}

/** One player's life: queue, match, queue, match. */
export class Bot {
  readonly #options: BotOptions;
  readonly #player: Player;
  readonly #random: { clicks: Random; golden: Random; pauses: Random };
  #seat: Seat | undefined;
  /** The latest match that is over, and whether it is being told once more, after a new connection. */
  #ended: { roomId: string; told: string; again: boolean } | undefined;
  #joinedAt: number | undefined;
  #openAt: number | undefined;
  #brokeAt: number | undefined;
  /** The server has just said that it lost a match, of which the bot may not have known. */
  #lost = false;
  #timer: NodeJS.Timeout | undefined;
  #begun = false;
  #stopping = false;
  #closed = false;
  #finish: (() => void) | undefined;

  constructor(options: BotOptions) {
    this.#options = options;
    const { session, url, seed, index, matches, stats } = options;
    const stream = (purpose: number) => new Random(seed, index, purpose);
    this.#random = { clicks: stream(1), golden: stream(2), pauses: stream(3) };
    matches.addPlayer(session.id, () => (this.#openAt === undefined ? 0 : performance.now() - this.#openAt));
    stats.players++;
    const player = new Player({ url, token: session.token });
    this.#player = player;
    player.on('status', (status) => this.#statusIs(status));
    player.on('GAME_START', (start) => this.#started(start));
    player.on('UPDATE', (update) => this.#violated(this.#seat?.update(update, player.clock.now())));
    player.on('OPPONENT_CLICK', ({ count }) => this.#seat?.opponentClicked(count));
    player.on('COOKIE_SPAWN', ({ id }) => this.#seat?.spawned(id));
    player.on('GAME_OVER', (over) => this.#over(over));
    player.on('ERROR', ({ code }) => this.#refused(code));
  }

  /** Plays no further match; resolves when the one that is on is over and the connection closed. */
  stop(): Promise<void> {
    this.#stopping = true;
    return new Promise((resolve) => {
      this.#finish = resolve;
      if (this.#closed) resolve();
      else if (!this.#seat) this.#leave();
    });
  }

  /** Ends at once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#giveUp();
    clearTimeout(this.#timer);
    this.#options.stats.players--;
    this.#options.matches.removePlayer(this.#options.session.id);
    this.#player.close();
    this.#finish?.();
  }

  #join(): void {
    this.#joinedAt ??= performance.now();
    this.#player.joinQueue(this.#options.wish);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#player.leaveQueue();
    this.#timer = setTimeout(() => this.close(), lateStartMs);
  }

  #next(): void {
    clearTimeout(this.#timer);
    if (this.#stopping) this.#leave();
    else this.#timer = setTimeout(() => this.#join(), this.#random.pauses.between(...pauseMs));
  }

  #statusIs(status: Status): void {
    const { stats, session, note } = this.#options;
    switch (status.state) {
      case 'open':
        this.#openAt = performance.now();
        if (this.#brokeAt !== undefined) {
          stats.reconnects++;
          stats.cutOff.record(performance.now() - this.#brokeAt);
          this.#brokeAt = undefined;
        }
        // Later on, the player asks by itself for what a break interrupted.
        if (!this.#begun && !this.#stopping) this.#join();
        this.#begun = true;
        break;
      case 'reconnecting':
        this.#openAt = undefined;
        if (this.#brokeAt !== undefined) break;
        stats.breaks++;
        stats.closes.add(String(status.code));
        this.#brokeAt = performance.now();
        break;
      case 'closed':
        if (this.#closed) break;
        stats.closes.add(String(status.code));
        note(`${session.name} was closed for good: ${status.code} ${status.reason}`);
        this.close();
    }
  }

  #started(start: GameStart): void {
    const { roomId, resumed } = start;
    if (roomId === this.#seat?.roomId) {
      this.#violated(this.#seat.resume(start));
      return;
    }
    if (roomId === this.#ended?.roomId) {
      // A gateway that died after it had told the end may not have said so to Valkey: told again is no harm.
      if (resumed && !this.#seat) this.#ended.again = true;
      else this.#violated(`told to begin room ${roomId}, which is over`);
      return;
    }
    if (this.#seat) {
      this.#violated(`told to begin room ${roomId} as well`);
      this.#giveUp();
    }
    this.#sitDown(start);
  }

  #sitDown(start: GameStart): void {
    const { matches, stats, session, clicksPerSecond } = this.#options;
    if (this.#joinedAt !== undefined) stats.joining.record(performance.now() - this.#joinedAt);
    this.#joinedAt = undefined;
    const { match, first } = matches.enter(session.id, start);
    if (first) stats.matchesStarted++;
    stats.inMatch++;
    const hand = new Hand({
      clock: this.#player.clock,
      startsAt: start.startsAt,
      endsAt: start.endsAt,
      clicksPerSecond,
      random: this.#random,
      click: () => {
        if (this.#player.click()) this.#seat?.clicked(this.#player.clock.now());
      },
      claim: (id) => this.#player.claim(id),
    });
    this.#seat = new Seat(start, match, hand, session.id, stats);
    clearTimeout(this.#timer);
    const overdueIn = start.endsAt - start.now + start.rules.graceMs + overdueMs;
    this.#timer = setTimeout(() => this.#overdue(), overdueIn);
  }

  #refused(code: ErrorCode): void {
    this.#options.stats.errors.add(code);
    if (code === 'too_fast') this.#seat?.tooFast();
    if (code === 'match_forgotten') {
      this.#giveUp();
      this.#next();
    }
    if (code !== 'match_lost') return;
    this.#lost = true;
    this.#violated(
      this.#seat ? 'the server lost the match' : 'the server lost a match that it had not told of',
    );
  }

  #over(over: GameOver): void {
    const told = JSON.stringify(over);
    const seat = this.#seat;
    const lost = this.#lost;
    this.#lost = false;
    if (!seat) {
      if (!lost) this.#toldAgain(told);
    } else {
      const { wrong, lost } = seat.over(over, this.#player.clock.now());
      for (const what of wrong) this.#violated(what);
      if (lost) this.#options.note(`${this.#options.session.name} in ${seat.match.label}: ${lost}`);
      const { opponent } = seat.start;
      if (!over.reason && this.#options.matches.isUntold(seat.roomId, opponent)) {
        this.#violated(`the opponent (${opponent}) was never told of it`);
      }
      this.#ended = { roomId: seat.roomId, told, again: false };
      this.#standUp();
    }
    this.#next();
  }

  /** It is over, but the bot is in no match. */
  #toldAgain(told: string): void {
    const ended = this.#ended;
    if (!ended?.again) this.#violated(`told a second time that it is over: ${told}`);
    else if (ended.told !== told) this.#violated(`told another end: ${ended.told}, now ${told}`);
    if (ended) ended.again = false;
  }

  #overdue(): void {
    if (this.#player.status.state === 'open') this.#violated('never told that it is over');
    this.#giveUp();
    this.#next();
  }

  #giveUp(): void {
    if (!this.#seat) return;
    this.#seat.giveUp();
    this.#standUp();
  }

  #standUp(): void {
    const { stats, matches, session } = this.#options;
    this.#seat = undefined;
    stats.inMatch--;
    matches.leave(session.id);
  }

  #violated(what: string | undefined): void {
    if (what === undefined) return;
    const { stats, session, violated } = this.#options;
    stats.violations++;
    const where =
      this.#seat?.match.label ?? (this.#ended ? `no room, after room ${this.#ended.roomId}` : 'no room');
    violated(`${session.name} (${session.id}) in ${where}: ${what}`);
  }
}
