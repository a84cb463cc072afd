import { isFree, roomOf } from '@overcookied/shared/presence/presence.ts';
import type { ServerFrame } from '@overcookied/shared/protocol.ts';
import {
  joinParty,
  joinQueue,
  leaveQueue,
  type Outlook,
  readTicket,
  type Ticket,
} from '@overcookied/shared/queue/queue.ts';
import { botIdPrefix, type Identity } from '@overcookied/shared/tokens.ts';
import type { Traceparent } from '@overcookied/shared/tracing/tracing.ts';
import { nanoid } from 'nanoid';
import type { Attendance } from './attendance.ts';
import { readRecord } from './records.ts';
import type { SessionParts } from './session-parts.ts';
import type { PartyWish, Wish } from './wish.ts';

/** An opponent who is not found once may just be loading the page again. */
const mostAbsences = 2;

/** One connection's wish for an opponent, and its ticket. */
export class Waiting {
  readonly #parts: SessionParts;
  readonly #identity: Identity;
  /** Knows the number of the connection, by which a ticket knows whose it is. */
  readonly #attendance: Attendance;
  readonly #send: (frame: ServerFrame) => void;
  /** Player id of whoever the player met last by this connection; what is recorded may be a match behind. */
  lastOpponent: string | undefined;
  /** Where the trace of what the player has asked for is, if there is one. */
  trace: Traceparent | undefined;
  #wanted = false;
  #wish: Wish = { mode: 'ranked' };
  /** By Valkey's clock, in ms. */
  #since = 0;
  #isOffered = false;
  /** How many checks in a row have not found the opponent. */
  #absences = 0;
  #expiresAt = 0;
  /** Goes off when a bot is to be offered, or when a code does not hold any more. */
  #timer: NodeJS.Timeout | undefined;

  constructor(
    parts: SessionParts,
    identity: Identity,
    attendance: Attendance,
    send: (frame: ServerFrame) => void,
  ) {
    this.#parts = parts;
    this.#identity = identity;
    this.#attendance = attendance;
    this.#send = send;
  }

  /** Whom the player wants to wait for, has a ticket already or not; undefined when for nobody. */
  get wish(): Wish | undefined {
    return this.#wanted ? this.#wish : undefined;
  }

  /** Whether a bot has been offered during this wait. */
  get isOffered(): boolean {
    return this.#wanted && this.#isOffered;
  }

  /**
   * From now on the player waits for this, and for nothing else. The caller joins.
   *
   * @param trace of whoever asks, for the ticket to go on with
   */
  want(wish: Wish, trace: Traceparent | undefined): void {
    clearTimeout(this.#timer);
    this.trace = trace;
    this.#wish = wish;
    this.#since = 0;
    this.#isOffered = false;
    this.#absences = 0;
    this.#wanted = true;
  }

  /** The player waits for what they have waited for before: the match that came was none. */
  wantStill(): void {
    this.#wanted = true;
  }

  /** The player waits no more: a match is there, or the connection is gone. A ticket may still be there. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#wanted = false;
  }

  /**
   * Takes a place where the player wants to wait; one that the player has already is kept.
   *
   * @returns the ticket, if the player waits now
   */
  async join(): Promise<Ticket | undefined> {
    const wish = this.#wish;
    const [ticket, outlook] = await Promise.all([this.#ticket(), this.#parts.outlooks.read()]);
    // Left, or asked for something else, while the record was read.
    if (!this.#wanted || wish !== this.#wish) return undefined;
    const isQueued = await (wish.code === undefined
      ? this.#joinQueue(ticket, outlook)
      : this.#joinParty(ticket, wish));
    return isQueued ? ticket : undefined;
  }

  async #joinQueue(ticket: Ticket, outlook: Outlook): Promise<boolean> {
    const joined = await joinQueue(this.#parts.valkey, ticket);
    this.#parts.joins.inc({ mode: ticket.mode, outcome: joined.outcome });
    if (joined.outcome !== 'queued' || (await this.#isNotWantedAnyMore())) return false;
    this.#since = joined.since;
    this.#tell({ ...outlook, waiting: joined.waiting });
    this.#offerInTime();
    if (joined.waiting > 1) await this.#parts.wake();
    return true;
  }

  async #joinParty(ticket: Ticket, wish: PartyWish): Promise<boolean> {
    const roomId = nanoid();
    const { code, holdsMs, rememberedMs } = wish;
    const joined = await joinParty(this.#parts.valkey, { ...ticket, code }, roomId, holdsMs, rememberedMs);
    this.#parts.joins.inc({ mode: ticket.mode, outcome: joined.outcome });
    switch (joined.outcome) {
      case 'paired':
      case 'older':
        return false;
      case 'made':
        this.#parts.log.info({ room: roomId, mode: ticket.mode, player: ticket.id }, 'players paired');
        await this.#parts.announce(roomId);
        return false;
      case 'used':
      case 'expired':
        // One of the two who met asks again, before the notice of the match is here: it comes.
        if (!(await roomOf(this.#parts.valkey, this.#identity.id))) await this.#refuse(wish, joined.outcome);
        return false;
      case 'queued':
        if (await this.#isNotWantedAnyMore()) return false;
        this.#since = joined.since;
        this.#expiresAt = joined.expiresAt;
        this.#tell();
        this.#expireInTime(wish);
        return true;
    }
  }

  /** The player does not want to wait any more. @returns `paired` when it is too late: a match is on its way */
  async leave(): Promise<'left' | 'paired' | 'absent'> {
    const outcome = await this.giveUpTicket();
    if (outcome !== 'paired') this.drop();
    return outcome;
  }

  /** Takes this connection's ticket back, if it has one. */
  giveUpTicket(): Promise<'left' | 'paired' | 'absent'> {
    return leaveQueue(this.#parts.valkey, this.#identity.id, this.#attendance.connection);
  }

  /** Tells a player who waits how it stands. @returns false when the player has no ticket, or a match is coming */
  async check(outlook: Outlook): Promise<boolean> {
    const ticket = await readTicket(this.#parts.valkey, this.#identity.id);
    if (!ticket || 'roomId' in ticket || !this.#wanted) return false;
    const wish = this.#wish;
    const isOwn = ticket.connection === this.#attendance.connection && ticket.code === wish.code;
    // Given back after a pair fell apart, in the name of an older connection or before this one knew of it.
    if (!isOwn || this.#since === 0) await this.join();
    else if (wish.code !== undefined && (await this.#isInVain(wish))) await this.#refuse(wish, 'expired');
    else this.#tell(outlook);
    return true;
  }

  async #isInVain({ opponent }: PartyWish): Promise<boolean> {
    if (this.#parts.clock.now() > this.#expiresAt) return true;
    const isThere = opponent === undefined || (await isFree(this.#parts.valkey, opponent));
    this.#absences = isThere ? 0 : this.#absences + 1;
    return this.#absences >= mostAbsences;
  }

  /** @param outlook how the common queue stands, which is nothing to a party */
  #tell(outlook?: Outlook): void {
    const { mode, code } = this.#wish;
    const how =
      code === undefined && outlook ? this.#inQueue(outlook) : { waiting: 1, expiresAt: this.#expiresAt };
    this.#send({ type: 'QUEUED', payload: { since: this.#since, mode, ...how } });
  }

  #inQueue({ waiting, estimatedWaitMs, practice }: Outlook) {
    const { practiceAfterMs, clock } = this.#parts;
    const waited = clock.now() - this.#since;
    const isAlone = waiting <= 1 && practiceAfterMs !== undefined && waited >= practiceAfterMs;
    this.#isOffered ||= isAlone && practice;
    return {
      // What was read a moment before the player joined does not count them.
      waiting: Math.max(1, waiting),
      // Whoever has waited for longer knows better.
      estimatedWaitMs: waited > (estimatedWaitMs ?? 0) ? undefined : estimatedWaitMs,
      practice: (isAlone && practice) || undefined,
    };
  }

  /** Tells how the queue stands at the moment from which on a bot may be offered, not only at the next check. */
  #offerInTime(): void {
    const { practiceAfterMs, outlooks, clock } = this.#parts;
    if (practiceAfterMs === undefined) return;
    this.#at(this.#since + practiceAfterMs, async () => {
      const outlook = await outlooks.read();
      if (this.#wanted && clock.now() >= this.#since + practiceAfterMs) this.#tell(outlook);
    });
  }

  /** Tells the player when the code does not hold any more. */
  #expireInTime(wish: PartyWish): void {
    this.#at(this.#expiresAt, () => this.#refuse(wish, 'expired'));
  }

  /** @param at ms by Valkey's clock; if the work fails then, the next check finds out */
  #at(at: number, work: () => Promise<void>): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        work().catch((error: Error) => {
          const { log } = this.#parts;
          log.debug({ player: this.#identity.id, reason: error.message }, 'a wait could not be looked after');
        });
      },
      Math.max(0, at - this.#parts.clock.now()),
    );
  }

  /** The player waits no more, not elsewhere either: nobody comes. */
  async #refuse(wish: PartyWish, why: keyof PartyWish['refusals']): Promise<void> {
    const outcome = await this.giveUpTicket();
    // The other one came at the last moment, or the player waits for something else by now.
    if (outcome === 'paired' || wish !== this.#wish || !this.#wanted) return;
    this.drop();
    this.#send({ type: 'ERROR', payload: wish.refusals[why] });
  }

  /** Meanwhile a match has come, or the player has left: the ticket would be a ghost. */
  async #isNotWantedAnyMore(): Promise<boolean> {
    if (this.#wanted) return false;
    await this.giveUpTicket();
    return true;
  }

  async #ticket(): Promise<Ticket> {
    const { records, gatewayId, log } = this.#parts;
    const { id, name, picture } = this.#identity;
    const { connection } = this.#attendance;
    const { lastOpponent, trace: traceparent } = this;
    const place = { gateway: gatewayId, connection, mode: this.#wish.mode };
    const ticket = { id, name, picture, ...place, lastOpponent, traceparent };
    if (id.startsWith(botIdPrefix)) return ticket;
    try {
      const record = await readRecord(records, id);
      return { ...ticket, standing: record.standing, lastOpponent: lastOpponent ?? record.lastOpponent };
    } catch (error) {
      // The game goes on without the records: such a match is not rated.
      log.debug({ player: id, reason: (error as Error).message }, 'could not read a rating');
      return ticket;
    }
  }
}
