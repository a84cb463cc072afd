/** Whether a Valkey can do what is asked of it, and why not. */

import type { Redis } from 'ioredis';
import { dueShards, keys } from './keys.ts';
import type { Logger } from './log.ts';
import { isCluster, nodeName, primaries, type Valkey } from './valkey.ts';
import { knownNodes } from './valkey-cluster.ts';

const answerTimeoutMs = 1_000;
/** The mark that a check leaves is gone after so long, in ms. */
const markMs = 10_000;

/** What Valkey's own errors mean to an operator, by the word that they begin with. */
const meanings: Record<string, string> = {
  READONLY: 'valkey is a read-only replica: another node is the primary',
  LOADING: 'valkey is loading its data',
  OOM: 'valkey is full: it needs more maxmemory',
  MISCONF: 'valkey cannot write its data to disk',
  MASTERDOWN: 'valkey is a replica without its primary',
  NOAUTH: 'valkey wants a password',
  WRONGPASS: 'valkey does not know this user and password',
  NOPERM: 'valkey does not allow this user what is needed',
};

/**
 * What keeps a connection from being used; undefined when nothing does. It writes, since a Valkey that is full, or has
 * become a replica, answers PING as ever and refuses every click.
 *
 * A cluster can be used as long as any of its nodes can: the matches of the others go on, and a load balancer that is
 * told not to send players here has no better place for them.
 */
export async function problemOf(valkey: Valkey): Promise<string | undefined> {
  if (valkey.status === 'ready') {
    const probes = checkKeys(valkey).map((key) => valkey.set(key, '', 'PX', markMs));
    const problems = await Promise.all(probes.map(problemWith));
    return problems.includes(undefined) ? undefined : textOf(problems[0]);
  }
  // A connection that is being made anew does not tell why it takes so long.
  const [first] = await askAfresh(valkey);
  if (!first?.problem) return `valkey is not reachable yet (${valkey.status})`;
  const { problem, refusal } = first;
  return refusal ? `valkey is not reachable: ${refusal.message || refusal.code}` : textOf(problem);
}

/** On a cluster several, spread over its nodes as due times are. */
const checkKeys = (valkey: Valkey): string[] =>
  isCluster(valkey) ? Array.from({ length: dueShards }, (_, shard) => keys.check(shard)) : [keys.check(0)];

/**
 * Whether there is any answer at all from where Valkey should be, be it that it is down, or loads its data: if not,
 * something is between.
 */
export async function isSilent(valkey: Valkey): Promise<boolean> {
  return (await askAfresh(valkey)).every(
    ({ problem, refusal }) =>
      problem !== undefined && problem.name !== 'ReplyError' && refusal?.code !== 'ECONNREFUSED',
  );
}

interface Answer {
  problem: Error | undefined;
  refusal: NodeJS.ErrnoException | undefined;
}

/** Asks each node by a connection of its own, which does not wait until Valkey is ready, nor try again. */
async function askAfresh(valkey: Valkey): Promise<Answer[]> {
  const fresh = {
    lazyConnect: true,
    enableReadyCheck: false,
    enableOfflineQueue: true,
    connectTimeout: answerTimeoutMs,
    retryStrategy: () => null,
  };
  return Promise.all(
    (isCluster(valkey) ? knownNodes(valkey) : [valkey]).map((node) => answerOf(node.duplicate(fresh))),
  );
}

async function answerOf(fresh: Redis): Promise<Answer> {
  let refusal: NodeJS.ErrnoException | undefined;
  fresh.on('error', (error) => {
    refusal = error;
  });
  try {
    return { problem: await problemWith(fresh.connect().then(() => fresh.ping())), refusal };
  } finally {
    fresh.disconnect();
  }
}

/** Why there is no answer, or none in time; undefined when there is one. */
export async function problemWith(answer: Promise<unknown>): Promise<Error | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((resolve) => {
    const error = new Error(`valkey did not answer within ${answerTimeoutMs} ms`);
    timer = setTimeout(resolve, answerTimeoutMs, error);
  });
  const problem = answer.then(
    () => undefined,
    (error: Error) => error,
  );
  return Promise.race([problem, late]).finally(() => clearTimeout(timer));
}

/** A problem as an operator can read it. */
export function textOf(problem: Error | undefined): string | undefined {
  if (!problem) return undefined;
  const { message } = problem;
  const meaning = meanings[message.split(' ', 1)[0] ?? ''];
  return meaning ? `${meaning} (${message})` : message;
}

/**
 * Warns, at each connection, of a Valkey that throws keys away when it is full: matches would vanish, and queues lose
 * their players, one key at a time and without any error.
 */
export function warnOfEviction(valkey: Valkey, log: Logger): void {
  const check = async (node: Redis) => {
    // Not CONFIG GET, which managed services do not allow.
    const [, policy] = (await node.info('memory')).match(/^maxmemory_policy:(\S+)/m) ?? [];
    if (policy === undefined || policy === 'noeviction') return;
    log.warn(
      { valkey: nodeName(node), policy, needed: 'noeviction' },
      `valkey THROWS KEYS AWAY when it is full, and matches with them: set its maxmemory-policy to noeviction, it is ${policy}`,
    );
  };
  const checked = () =>
    Promise.all(primaries(valkey).map(check)).catch((error: Error) =>
      log.debug({ reason: error.message }, 'could not ask for the policy'),
    );
  if (valkey.status === 'ready') void checked();
  valkey.on('ready', checked);
}
