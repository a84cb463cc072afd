import type { Role } from '@overcookied/shared/protocol.ts';
import { beginSpan, type OpenSpan, type Traceparent, traced } from '@overcookied/shared/tracing/tracing.ts';
import type { PendingPair } from './pool.ts';

/**
 * A pair's way into its match, in the traces of its players: each has their own, which began with their `JOIN_QUEUE` and
 * goes on to their `GAME_START`; here the two are linked. What is done once for both is told by the one who came last:
 * it is their join that has made the match. (`p2` is who came last.)
 */
export class PairTrace {
  readonly #room: string;
  readonly #spans: Record<Role, OpenSpan>;

  constructor({ roomId, p1, p2 }: PendingPair) {
    this.#room = roomId;
    const spanOf = (own: PendingPair['p1'], other: PendingPair['p1']) =>
      beginSpan({
        ...{ name: 'announce match', room: roomId, player: own.id },
        ...{ from: own.traceparent, links: [other.traceparent] },
      });
    this.#spans = { p1: spanOf(p1, p2), p2: spanOf(p2, p1) };
  }

  /** The match is made. */
  creating<T>(create: () => Promise<T>): Promise<T> {
    const step = { name: 'create match', room: this.#room };
    return this.#spans.p2.during(() => traced(step, create));
  }

  /** A player's gateway is told. @param tell is given what to tell it, for its span to follow this */
  telling<T>(role: Role, player: string, tell: (trace: Traceparent | undefined) => Promise<T>): Promise<T> {
    const step = {
      ...({ name: 'publish notice', kind: 'producer', room: this.#room, player } as const),
      attributes: {
        'messaging.system': 'valkey',
        'messaging.destination.name': 'notice',
        'messaging.operation.name': 'publish',
        'messaging.operation.type': 'send',
      },
    };
    return this.#spans[role].during(() => traced(step, (span) => tell(span.traceparent)));
  }

  /** @param error why there is no match (yet) */
  end(error?: Error): void {
    for (const span of Object.values(this.#spans)) span.end(error);
  }
}
