import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, now } from '../chaos/history.ts';
import type { Random } from '../chaos/random.ts';
import { kill, restart, type Scaled, type Stack } from './stack.ts';

/** Everybody plays before anything fails, and again between two failures, in ms. */
const calmMs = 5_000;
/** A container is gone for so long, in ms. */
const deadMs = 2_000;
/** Whatever is killed is to be well again before the end: nothing is killed in the last so many ms. */
const lastMs = 8_000;

/** A while in which nothing fails. */
export const calm = (signal: AbortSignal): Promise<void> =>
  sleep(calmMs, undefined, { signal }).catch(() => {});

/**
 * Kills containers of gateways and of tickers in turn, and starts each again.
 *
 * @param lengthMs how long, in ms
 * @param done each is written down here; nobody can tell who was at which gateway, since they all have one front door
 * @throws Error when a container does not get well again
 */
export async function killInTurn(
  stack: Stack,
  random: Random,
  lengthMs: number,
  done: Fault[],
  signal: AbortSignal,
): Promise<void> {
  const until = now() + lengthMs - lastMs;
  const turns: Scaled[] = ['gateway', 'game-ticker'];
  for (let turn = 0; now() < until && !signal.aborted; turn++) {
    const target = turns[turn % turns.length] as Scaled;
    const container = random.pick(stack.containers.filter(({ service }) => service === target));
    const fault: Fault = { what: 'kill', target, from: now(), until: Number.POSITIVE_INFINITY };
    done.push(fault);
    await kill(container);
    await sleep(deadMs);
    await restart(container);
    fault.until = now();
    await calm(signal);
  }
}
