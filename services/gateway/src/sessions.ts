import { setTimeout as sleep } from 'node:timers/promises';
import { markAway } from '@overcookied/shared/connections/away.ts';
import { forget } from '@overcookied/shared/connections/gateways.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { Notice, notify } from '@overcookied/shared/notify.ts';
import { closeCode } from '@overcookied/shared/protocol.ts';
import type { Subscriptions } from '@overcookied/shared/subscriptions.ts';
import type { Identity } from '@overcookied/shared/tokens.ts';
import { cutOff, goingAway, spread } from './departure.ts';
import { Heartbeat } from './heartbeat.ts';
import { Pulse } from './pulse.ts';
import { Session } from './session.ts';
import type { SessionParts } from './session-parts.ts';
import type { Socket } from './socket.ts';

/** How often waiting players are told how the queue stands, in ms. */
const queueCheckMs = 2_000;
/** How often a matchmaker is reminded of players who wait here, in ms. */
const reminderMs = 1_000;
/** How often Valkey is told who is still connected, in ms: well within `presenceTtlMs`. */
const touchMs = 240_000;
/** How long a gateway that ends tries to tell Valkey who is gone, in ms. */
const goodbyeMs = 2_000;
/** So many at once, so that ten thousand sockets do not make one huge write. */
const atOnce = 200;

/** Everyone who is connected here. */
export class Sessions {
  readonly #parts: SessionParts;
  readonly #subscriptions: Subscriptions;
  readonly #sessions = new Map<string, Session>();
  readonly #leaving = new Set<Promise<void>>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #givingUp = new AbortController();
  readonly #heartbeat: Heartbeat;
  readonly #pulse = new Pulse();
  #checking = false;
  #stopping = false;

  /** @param isCutOff is told that this gateway hears nothing of Valkey, while others may */
  constructor(
    parts: Omit<SessionParts, 'takeOver'>,
    subscriptions: Subscriptions,
    isCutOff: () => void = () => {},
  ) {
    this.#parts = {
      ...parts,
      takeOver: (...connection) => this.#takeOver(...connection),
    };
    this.#subscriptions = subscriptions;
    this.#heartbeat = new Heartbeat({
      ...parts,
      reclaim: () => this.#forAll((session) => session.reclaim()),
      cutOff: () => {
        this.#sendElsewhere();
        isCutOff();
      },
    });
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** From now on the gateway hears of its players' matches. */
  async start(): Promise<void> {
    this.#pulse.start();
    this.#timers.push(
      setInterval(() => this.#checkQueue(), queueCheckMs),
      setInterval(() => this.#remind(), reminderMs),
      setInterval(() => this.#forAll((session) => session.touch()), touchMs),
    );
    // Before anyone is let in: a gateway that nobody has heard of would not be missed.
    await this.#heartbeat.start();
    await this.#subscriptions.add(keys.notify(this.#parts.gatewayId), {
      message: (text) => this.#notice(text),
      // A match that was missed is found out by the next check of the queue; that somebody has been taken over, by asking.
      resubscribed: () => this.#heartbeat.doubt(),
    });
  }

  /**
   * @param openRoom a match that the client knows no end of, as it says
   * @returns undefined when the gateway is going away: the client has been told to come back elsewhere
   */
  open(identity: Identity, socket: Socket, openRoom: string | undefined): Session | undefined {
    if (this.#stopping) {
      socket.close(closeCode.serviceRestart, goingAway);
      return undefined;
    }
    const session = new Session(identity, socket, this.#parts, openRoom);
    this.#sessions.get(identity.id)?.takenOver();
    this.#sessions.set(identity.id, session);
    this.#pulse.add(session);
    return session;
  }

  close(session: Session): void {
    if (this.#sessions.get(session.playerId) === session) this.#sessions.delete(session.playerId);
    this.#pulse.remove(session);
    const leaving = session.closed(this.#givingUp.signal).finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  /**
   * Sends everyone away to other gateways, one after the other; whoever has not had their turn plays on. Resolves when
   * Valkey knows.
   *
   * @param overMs how long it takes, in ms, if anybody is here
   */
  async stop(overMs: number): Promise<void> {
    this.#stopping = true;
    await spread([...this.#sessions.values()], overMs, (session) =>
      session.sendAway(closeCode.serviceRestart, goingAway),
    );
    // Each is closed when its client has said goodbye, or has had the time to.
    while (this.#sessions.size > 0) await sleep(10);
    for (const timer of this.#timers) clearInterval(timer);
    this.#heartbeat.stop();
    this.#pulse.stop();
    this.#subscriptions.remove(keys.notify(this.#parts.gatewayId));
    const timer = setTimeout(() => this.#givingUp.abort(), goodbyeMs);
    await Promise.all(this.#leaving);
    clearTimeout(timer);
    await forget(this.#parts.valkey, this.#parts.gatewayId).catch(() => {});
  }

  #takeOver(playerId: string, connection: number, previousGateway: string): void {
    const { gatewayId, valkey, log } = this.#parts;
    if (!previousGateway || previousGateway === gatewayId) return;
    notify(valkey, previousGateway, { type: 'takeover', playerId, connection }).catch((error: Error) => {
      log.warn({ player: playerId, reason: error.message }, 'could not tell the gateway before this one');
    });
  }

  #notice(text: string): void {
    let notice: Notice;
    try {
      notice = Notice.parse(JSON.parse(text));
    } catch {
      this.#parts.log.error({ text: text.slice(0, 200) }, 'notice that makes no sense');
      return;
    }
    const session = this.#sessions.get(notice.playerId);
    if (notice.type === 'takeover') {
      session?.heardOf(notice.connection);
    } else if (notice.type === 'rematch') {
      session?.rematchAsked(notice.roomId, notice.by);
    } else if (session) {
      session.matched(notice.roomId, notice.traceparent);
    } else {
      this.#forward(notice).catch((error: Error) => {
        this.#parts.log.warn(
          { room: notice.roomId, player: notice.playerId, reason: error.message },
          'notice not forwarded',
        );
      });
    }
  }

  /** The player has left this gateway since the match was made: for another one, or altogether. */
  async #forward(notice: Extract<Notice, { type: 'match' }>): Promise<void> {
    const { valkey, gatewayId } = this.#parts;
    const { playerId, roomId } = notice;
    const [gateway, connection] = await valkey.hmget(keys.presence(playerId), 'gateway', 'connection');
    if (gateway && gateway !== gatewayId) return notify(valkey, gateway, notice);
    if (this.#sessions.has(playerId)) return;
    await markAway(valkey, roomId, playerId, Number(connection ?? 0));
  }

  async #checkQueue(): Promise<void> {
    const waiting = [...this.#sessions.values()].filter((session) => session.waiting);
    // One that still runs, because Valkey is slow, is not made faster by another.
    if (waiting.length === 0 || this.#checking) return;
    this.#checking = true;
    try {
      const outlook = await this.#parts.outlooks.read();
      await Promise.all(waiting.map((session) => session.checkQueue(outlook)));
    } catch (error) {
      this.#parts.log.debug({ reason: (error as Error).message }, 'could not check the queue');
    }
    this.#checking = false;
  }

  /** The job that a join made may have died with its worker, and so may the worker that was about to announce. */
  async #remind(): Promise<void> {
    if (![...this.#sessions.values()].some((session) => session.waiting)) return;
    await this.#parts.remind().catch((error: Error) => {
      this.#parts.log.debug({ reason: error.message }, 'could not remind a matchmaker');
    });
  }

  /** Cut off from Valkey: by another gateway the players may go on. */
  #sendElsewhere(): void {
    if (this.#sessions.size === 0) return;
    this.#parts.log.warn(
      { sockets: this.#sessions.size },
      'cut off from valkey: all players are sent elsewhere',
    );
    for (const session of [...this.#sessions.values()]) session.sendAway(closeCode.tryAgainLater, cutOff);
  }

  /** @returns whether it was done for all of them */
  async #forAll(work: (session: Session) => Promise<void>): Promise<boolean> {
    const sessions = [...this.#sessions.values()];
    let isDone = true;
    for (let i = 0; i < sessions.length; i += atOnce) {
      for (const result of await Promise.allSettled(sessions.slice(i, i + atOnce).map(work))) {
        if (result.status === 'fulfilled') continue;
        isDone = false;
        this.#parts.log.debug({ reason: result.reason.message }, 'could not say who is connected');
      }
    }
    return isDone;
  }
}
