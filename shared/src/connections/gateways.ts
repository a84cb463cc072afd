/**
 * Which gateways live, and whom they hold. A gateway that dies cannot say who is gone with it; whoever finds it
 * silent says so in its place.
 */
import { keys } from '../keys.ts';
import { Script } from '../script.ts';
import type { Valkey } from '../valkey.ts';

/** How often a gateway gives a sign of life, in ms. */
export const beatMs = 500;
/** A gateway is taken for dead after so long a silence, in ms. */
export const silenceMs = 3_000;
/** Whoever watches looks at least so often, in ms: a longer pause is a break, after which the watch begins anew. */
const longestPauseMs = 3 * beatMs;
/** What a gateway holds is forgotten so long after its latest sign of life, in ms, should nobody ever sweep it. */
const keptMs = 3_600_000;
const together = 200;

const beatScript = new Script<0 | 1>('gateway_beat', [new URL('beat.lua', import.meta.url)], 1);
const letGoScript = new Script<null>('gateway_let_go', [new URL('let-go.lua', import.meta.url)], 1);
const silentScript = new Script<[number, number, string[]]>(
  'gateway_silent',
  [new URL('silent.lua', import.meta.url)],
  1,
);

/** A gateway lives. @returns false when it had been taken for dead, or is new: what it holds must be said again */
export async function beat(valkey: Valkey, gatewayId: string): Promise<boolean> {
  const [known] = await Promise.all([
    beatScript.run(valkey, [keys.gateways], gatewayId),
    valkey.pexpire(keys.connections(gatewayId), keptMs),
  ]);
  return known === 1;
}

/** A gateway holds a player by this connection. */
export async function hold(
  valkey: Valkey,
  gatewayId: string,
  playerId: string,
  connection: number,
): Promise<void> {
  await valkey.hset(keys.connections(gatewayId), playerId, connection);
}

/** A gateway holds a player no more by this connection. */
export async function letGo(
  valkey: Valkey,
  gatewayId: string,
  playerId: string,
  connection: number,
): Promise<void> {
  await letGoScript.run(valkey, [keys.connections(gatewayId)], playerId, connection);
}

/** A gateway has ended, and holds nobody. */
export async function forget(valkey: Valkey, gatewayId: string): Promise<void> {
  await Promise.all([valkey.zrem(keys.gateways, gatewayId), valkey.del(keys.connections(gatewayId))]);
}

/** Since when somebody has watched the gateways without a break, and until when, in ms by Valkey's clock. */
export interface Watch {
  since: number;
  latest: number;
}

/**
 * Takes on the gateways that have been silent all through the watch; if whoever took one on dies, it is silent again
 * for another.
 *
 * @param watch as the look before gave it; nobody is silent before it has lasted for `silenceMs`
 */
export async function takeSilent(
  valkey: Valkey,
  watch: Watch = { since: 0, latest: 0 },
): Promise<{ watch: Watch; silent: string[] }> {
  const [since, latest, silent] = await silentScript.run(
    valkey,
    [keys.gateways],
    silenceMs,
    longestPauseMs,
    watch.since,
    watch.latest,
  );
  return { watch: { since, latest }, silent };
}

/** Those of some gateways that are not known any more, or that have been silent. @param now by Valkey's clock, in ms */
export async function silentAmong(valkey: Valkey, gatewayIds: string[], now: number): Promise<string[]> {
  const signs = await valkey.zmscore(keys.gateways, ...gatewayIds);
  return gatewayIds.filter((_, i) => now - Number(signs[i] ?? 0) > silenceMs);
}

/** Those whom a gateway held, a few at a time. */
export async function* heldBy(
  valkey: Valkey,
  gatewayId: string,
): AsyncGenerator<{ playerId: string; connection: number }[]> {
  let cursor = '0';
  do {
    const [next, flat] = await valkey.hscan(keys.connections(gatewayId), cursor, 'COUNT', together);
    cursor = next;
    yield Array.from({ length: flat.length / 2 }, (_, i) => ({
      playerId: flat[2 * i] ?? '',
      connection: Number(flat[2 * i + 1]),
    }));
  } while (cursor !== '0');
}
