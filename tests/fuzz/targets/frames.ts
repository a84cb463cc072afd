/** One client that sends whatever it likes, in one of the states that a connection can be in. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { encodeItem, type Item, lastItem, rightItem, wrongItem } from '../arbitraries/items.ts';
import { Answers, type Request } from '../oracle/answers.ts';
import { Deeds, wrongResult } from '../oracle/score.ts';
import { rules } from '../rules.ts';
import { connect, expectFrame, type Match, meet } from '../seats.ts';
import { Violation } from '../violation.ts';
import type { WireClient } from '../wire/client.ts';
import type { World } from '../world.ts';

/** What a gateway has heard of so long before the end of a match, in ms, is counted by then. */
const certainMs = 1_500;

const states = ['lobby', 'waiting', 'countdown', 'playing', 'over'] as const;

interface FrameCase {
  state: (typeof states)[number];
  gateway: 0 | 1;
  /** What is sent, in several goes. */
  chunks: Item[][];
  /** How many clicks the other player of a match makes, who is honest. */
  opponentClicks: number;
  leaving: 'stays' | 'closes' | 'drops' | 'resets';
}

const chunk = fc.oneof(
  { weight: 6, arbitrary: fc.array(rightItem, { minLength: 1, maxLength: 40, size: 'max' }) },
  {
    weight: 4,
    arbitrary: fc.array(fc.oneof({ weight: 2, arbitrary: rightItem }, { weight: 1, arbitrary: wrongItem }), {
      minLength: 1,
      maxLength: 30,
      size: 'max',
    }),
  },
  { weight: 2, arbitrary: fc.array(wrongItem, { minLength: 1, maxLength: 12, size: 'max' }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(lastItem, fc.array(rightItem, { maxLength: 3 }))
      .map(([last, after]) => [last, ...after]),
  },
);

export const frameCase: fc.Arbitrary<FrameCase> = fc.record({
  state: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<FrameCase['state']>('lobby', 'waiting') },
    { weight: 4, arbitrary: fc.constantFrom<FrameCase['state']>('countdown', 'playing', 'playing', 'over') },
  ),
  gateway: fc.constantFrom<0 | 1>(0, 1),
  chunks: fc.array(chunk, { minLength: 1, maxLength: 6, size: 'max' }),
  opponentClicks: fc.integer({ min: 1, max: 6 }),
  leaving: fc.constantFrom('stays', 'closes', 'drops', 'resets'),
});

/** @throws Violation */
export async function runFrameCase(world: World, each: FrameCase): Promise<void> {
  if (each.state === 'lobby' || each.state === 'waiting') await outsideMatch(world, each);
  else await inMatch(world, each);
}

async function outsideMatch(world: World, { state, gateway, chunks, leaving }: FrameCase): Promise<void> {
  const { id, client } = await connect(world, gateway);
  try {
    if (state === 'waiting') {
      client.send('JOIN_QUEUE', { mode: 'private', code: id });
      await expectFrame(world, client, 'QUEUED');
    }
    await fuzz(world, client, chunks, () => {});
  } finally {
    leave(client, leaving);
  }
}

async function inMatch(
  world: World,
  { state, gateway, chunks, opponentClicks, leaving }: FrameCase,
): Promise<void> {
  const match = await meet(world, gateway);
  const [own, opponent] = match.seats;
  const deeds = new Deeds();
  try {
    if (state === 'over') {
      opponent.client.send('QUIT_GAME');
      opponent.client.send('PING');
      await expectFrame(world, own.client, 'GAME_OVER');
    }
    const isOn = state !== 'over';
    if (state === 'playing') await sleep(Math.max(0, match.startsAt - match.now()));
    const clicking = isOn ? clickHonestly(world, match, opponentClicks) : undefined;
    const done = (request: Request) => {
      if (!isOn) return;
      if (request.clicks) deeds.click(request.clicks, match.now() >= match.startsAt && !deeds.quit);
      if (request.type === 'COOKIE_CLICK') deeds.claim();
      if (request.type === 'QUIT_GAME') deeds.quit = true;
    };
    const isThere = await fuzz(world, own.client, chunks, done);
    const heardAt = own.client.latest('PONG')?.now ?? Number.POSITIVE_INFINITY;
    if (leaving !== 'stays') leave(own.client, leaving);
    const opponentMustCount = (await clicking) ?? true;
    await judgeMatch(world, match, {
      ...{ deeds, opponentMustCount, opponentClicks: isOn ? opponentClicks : 0 },
      opponentQuit: !isOn,
      hasLeft: leaving !== 'stays' || !isThere,
      // Who leaves or quits waits a second at most for clicks to be counted, which may not do on a busy machine.
      mustCount: isThere && leaving === 'stays' && !deeds.quit && heardAt < match.endsAt - certainMs,
    });
  } finally {
    own.client.close();
    opponent.client.close();
  }
}

/** Sends all of it and waits for what is due. @returns whether the connection is still there. @throws Violation */
async function fuzz(
  world: World,
  client: WireClient,
  chunks: Item[][],
  done: (request: Request) => void,
): Promise<boolean> {
  const answers = new Answers();
  client.judge = answers;
  const send = (item: Item) => {
    const request = answers.send(item);
    if (request) done(request);
    return encodeItem(item);
  };
  for (const items of chunks) {
    client.write(Buffer.concat(items.map(send)));
    await sleep(1);
    if (client.end) break;
  }
  if (!answers.isOver) client.write(send({ kind: 'text', text: '{"type":"PING","payload":{"t":0.5}}' }));
  await client.until(() => client.broken ?? answers.problem ?? !answers.missing, world.withinMs);
  world.count.frames += answers.sent;
  world.count.answers += answers.answered;
  const problem =
    client.broken?.message ?? answers.problem ?? (answers.missing && `${answers.missing} did not come`);
  if (problem) throw new Violation(problem);
  client.judge = undefined;
  return !answers.isOver;
}

/**
 * The other player clicks a few times, each time numbered, and sees each click acknowledged.
 *
 * @returns whether all clicks must count: by the gateway's clock there was the time for it
 */
async function clickHonestly(world: World, match: Match, clicks: number): Promise<boolean> {
  const { client } = match.seats[1];
  await sleep(Math.max(0, match.startsAt - match.now()) + 20);
  for (let seq = 1; seq <= clicks && !client.latest('GAME_OVER'); seq++) {
    client.send('CLICK', { seq, count: 1 });
    await sleep(30);
  }
  client.send('PING');
  await client.until(() => client.latest('PONG') ?? client.end, world.withinMs);
  await client.until(() => client.latest('GAME_OVER') ?? highestAck(client) >= clicks, world.withinMs);
  return wasHeardInTime(match);
}

/** Whether what the opponent sent before its ping came in time, by the gateway's clock. */
const wasHeardInTime = ({ seats, endsAt }: Match): boolean =>
  seats[1].client.latest('PONG')?.now < endsAt - certainMs;

const highestAck = (client: WireClient): number =>
  Math.max(0, ...client.all('UPDATE').map(({ ack }) => ack ?? 0));

interface Known {
  deeds: Deeds;
  /** How many clicks the opponent made. */
  opponentClicks: number;
  opponentMustCount: boolean;
  opponentQuit: boolean;
  /** Whether the fuzzed player's connection ended before the match. */
  hasLeft: boolean;
  mustCount: boolean;
}

/** Holds the end of a match against what its players have done. @throws Violation */
async function judgeMatch(world: World, match: Match, known: Known): Promise<void> {
  const [own, opponent] = match.seats;
  await opponent.client.until(
    () => opponent.client.latest('GAME_OVER') ?? opponent.client.end,
    rules.countdownMs + rules.matchMs + world.withinMs,
  );
  const told = await expectFrame(world, opponent.client, 'GAME_OVER');
  const hash = await world.valkey.hgetall(`overcookied:game:{${match.roomId}}`);
  const result = {
    winner: hash.winner ?? '',
    reason: hash.reason ?? '',
    p1Score: Number(hash.p1Score),
    p2Score: Number(hash.p2Score),
  };
  const asTold = ({ winner, reason = '', p1Score, p2Score }: typeof result) =>
    JSON.stringify({ winner, reason, p1Score, p2Score });
  if (asTold(told) !== asTold(result))
    throw new Violation(`${asTold(told)} was told, but Valkey has ${asTold(result)}`);
  if (!known.hasLeft) {
    const ownTold = await expectFrame(world, own.client, 'GAME_OVER');
    if (asTold(ownTold) !== asTold(result))
      throw new Violation(`${asTold(ownTold)} was told, but Valkey has ${asTold(result)}`);
  }
  const ids = { [own.role]: own.id, [opponent.role]: opponent.id } as { p1: string; p2: string };
  const problem =
    known.deeds.wrong(result[`${own.role}Score`], known.mustCount && !wasRefused(own.client)) ??
    wrongResult(result, ids) ??
    wrongReason(result, match, known) ??
    wrongOpponent(result[`${opponent.role}Score`], opponent.client, result.reason, known);
  if (problem) throw new Violation(problem);
}

/** Clicks that were refused aloud need not count. */
const wasRefused = (client: WireClient): boolean =>
  client.all('ERROR').some(({ code }) => refusals.has(code));

const refusals = new Set(['not_started', 'match_over', 'not_in_match', 'too_fast', 'busy', 'unavailable']);

function wrongReason(
  { winner, reason }: { winner: string; reason: string },
  match: Match,
  { deeds, opponentQuit, hasLeft }: Known,
): string | undefined {
  const [own, opponent] = match.seats;
  const right =
    reason === 'quit'
      ? (deeds.quit && winner === opponent.id) || (opponentQuit && winner === own.id)
      : reason === 'opponent_disconnected'
        ? hasLeft && winner === opponent.id
        : reason === '' && !(opponentQuit && wasHeardInTime(match));
  return right
    ? undefined
    : `the match ended with "${reason}" and ${winner === own.id ? 'the fuzzed player' : winner === opponent.id ? 'the opponent' : 'nobody'} as winner`;
}

/** The opponent was honest: what was acknowledged is what counts, and that is everything if there was the time. */
function wrongOpponent(
  score: number,
  client: WireClient,
  reason: string,
  { opponentClicks, opponentMustCount }: Known,
): string | undefined {
  const acknowledged = highestAck(client);
  const least = reason === '' && opponentMustCount ? opponentClicks : acknowledged;
  if (score >= least && score <= opponentClicks) return undefined;
  return `the opponent clicked ${opponentClicks} times, was told of ${acknowledged} and got ${score} points`;
}

function leave(client: WireClient, how: FrameCase['leaving']): void {
  if (how === 'drops') client.drop();
  else if (how === 'resets') client.reset();
  else client.close();
}
