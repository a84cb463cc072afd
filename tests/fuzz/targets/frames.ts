/** One client that sends whatever it likes, in one of the states that a connection can be in. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { encodeItem, type Item, lastItem, rightItem, wrongItem } from '../arbitraries/items.ts';
import { Answers, type Request } from '../oracle/answers.ts';
import { certainMs, judgeMatch } from '../oracle/match-end.ts';
import { Deeds } from '../oracle/score.ts';
import { connect, expectFrame, highestAck, type Match, meet } from '../seats.ts';
import { Violation } from '../violation.ts';
import type { WireClient } from '../wire/client.ts';
import type { World } from '../world.ts';

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
  const beganAt = performance.now();
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
    await clicking;
    await judgeMatch(world, match, {
      ...{ beganAt, deeds, opponentClicks: isOn ? opponentClicks : 0 },
      opponentQuit: !isOn,
      hasLeft: leaving !== 'stays' || !isThere,
      // Who leaves or quits waits a second at most for clicks to be counted.
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

/** The other player clicks a few times, each time numbered, and sees each click acknowledged. */
async function clickHonestly(world: World, match: Match, clicks: number): Promise<void> {
  const { client } = match.seats[1];
  await sleep(Math.max(0, match.startsAt - match.now()) + 20);
  for (let seq = 1; seq <= clicks && !client.latest('GAME_OVER'); seq++) {
    client.send('CLICK', { seq, count: 1 });
    await sleep(30);
  }
  client.send('PING');
  await client.until(() => client.latest('PONG') ?? client.end, world.withinMs);
  await client.until(() => client.latest('GAME_OVER') ?? highestAck(client) >= clicks, world.withinMs);
}

function leave(client: WireClient, how: FrameCase['leaving']): void {
  if (how === 'drops') client.drop();
  else if (how === 'resets') client.reset();
  else client.close();
}
