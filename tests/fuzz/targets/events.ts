/** Messages out of Valkey that no service has sent, while two honest players play and a third does nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { type Message, message } from '../arbitraries/messages.ts';
import { wrongResult } from '../oracle/score.ts';
import { rules } from '../rules.ts';
import { connect, expectFrame, type Match, meet } from '../seats.ts';
import { Violation } from '../violation.ts';
import type { WireClient } from '../wire/client.ts';
import type { World } from '../world.ts';

/** Each player clicks so often, in ms… */
const clickEveryMs = 150;
/** …and stops so long before the end, so that the last scores are told by no later click. */
const quietMs = 2_000;
/** Nothing is published for so long before the end: a gateway has a second and a half to find out what is true. */
const healMs = 2_500;

export const eventCase: fc.Arbitrary<Message[]> = fc.array(message, {
  minLength: 1,
  maxLength: 10,
  size: 'max',
});

/** @throws Violation */
export async function runEventCase(world: World, messages: Message[]): Promise<void> {
  const beganAt = performance.now();
  const match = await meet(world, 0);
  const idle = await connect(world, 1);
  const [a, b] = match.seats;
  try {
    await sleep(Math.max(0, match.startsAt - match.now()) + 50);
    const clicks = await Promise.all([
      clickHonestly(match, a.client),
      clickHonestly(match, b.client),
      publish(world, match, idle.id, messages),
    ]);
    const scores = { [a.role]: clicks[0], [b.role]: clicks[1] } as Scores;
    const wasBusy = () => world.wasBusySince(beganAt);
    await judgeBeforeEnd(match, scores, wasBusy);
    await judgeEnd(world, match, scores, wasBusy);
    judgeIdle(idle.client);
  } finally {
    for (const client of [a.client, b.client, idle.client]) client.close();
  }
}

type Scores = Record<'p1' | 'p2', number>;

/** @returns how many clicks were made */
async function clickHonestly(match: Match, client: WireClient): Promise<number> {
  let seq = 0;
  while (match.now() < match.endsAt - quietMs && !client.end) {
    client.send('CLICK', { seq: ++seq, count: 1 });
    await sleep(clickEveryMs);
  }
  return seq;
}

async function publish(
  { valkey, count }: World,
  match: Match,
  idle: string,
  messages: Message[],
): Promise<void> {
  const [a, b] = match.seats;
  const gateways = await valkey.zrange('overcookied:gateways', '0', '-1');
  for (const { channel, text, ahead, afterMs } of messages) {
    await sleep(afterMs);
    if (match.now() > match.endsAt - healMs) return;
    const seq = Number(await valkey.hget(`overcookied:game:{${match.roomId}}`, 'seq')) + ahead;
    const filled = text
      .replaceAll('$A', a.id)
      .replaceAll('$B', b.id)
      .replaceAll('$IDLE', idle)
      .replaceAll('$ROOM', match.roomId)
      .replaceAll('$SEQ', String(seq));
    const channels =
      channel === 'match'
        ? [`overcookied:game:{${match.roomId}}:events`]
        : gateways.map((id) => `overcookied:match:notify:{${id}}`);
    for (const each of channels) await valkey.spublish(each, filled);
    count.events += channels.length;
  }
}

/** Shortly before the end both are still there, and have been told what is true. @throws Violation */
async function judgeBeforeEnd(match: Match, made: Scores, wasBusy: () => boolean): Promise<void> {
  await sleep(Math.max(0, match.endsAt - match.now() - 300));
  for (const { client, role } of match.seats) {
    const told = toldOf(client);
    client.send('PING');
    await client.until(() => client.latest('PONG') ?? client.end, 300);
    if (client.end) {
      throw new Violation(`a player was sent away with ${client.end.code} "${client.end.reason}"`);
    }
    // Only the gateway's own time says whether the end has come by now.
    if (wasBusy() || !(client.latest('PONG')?.now < match.endsAt)) continue;
    if (told.isOver) throw new Violation('a player was told of the end of a match that goes on');
    if (told.p1Score !== made.p1 || told.p2Score !== made.p2) {
      throw new Violation(
        `${role} still believes in ${told.p1Score} to ${told.p2Score}, but it is ${made.p1} to ${made.p2}`,
      );
    }
    if (told.opponentAwayUntil) throw new Violation(`${role} still believes that the opponent is gone`);
  }
}

/** What a player's screen shows. */
function toldOf(client: WireClient) {
  const isOver = client.latest('GAME_OVER') !== undefined;
  const told = { isOver, p1Score: 0, p2Score: 0, opponentAwayUntil: 0 };
  for (const update of client.all('UPDATE')) {
    for (const field of ['p1Score', 'p2Score', 'opponentAwayUntil'] as const)
      told[field] = update[field] ?? told[field];
  }
  return told;
}

/** Both are told what Valkey has, and that is what they have made. @throws Violation */
async function judgeEnd(world: World, match: Match, made: Scores, wasBusy: () => boolean): Promise<void> {
  const ids = Object.fromEntries(match.seats.map(({ role, id }) => [role, id])) as { p1: string; p2: string };
  const told: string[] = [];
  for (const { client } of match.seats) {
    await client.until(() => client.latest('GAME_OVER') ?? client.end, rules.matchMs + world.withinMs);
    const { winner, p1Score, p2Score } = await expectFrame(world, client, 'GAME_OVER');
    told.push(JSON.stringify([winner, p1Score, p2Score]));
  }
  const hash = await world.valkey.hgetall(`overcookied:game:{${match.roomId}}`);
  const scores: Scores = { p1: Number(hash.p1Score), p2: Number(hash.p2Score) };
  const result = {
    winner: hash.winner ?? '',
    reason: hash.reason ?? '',
    p1Score: scores.p1,
    p2Score: scores.p2,
  };
  const right = JSON.stringify([result.winner, scores.p1, scores.p2]);
  const problem = wrongResult(result, ids);
  if (problem) throw new Violation(problem);
  if (told.some((each) => each !== right)) {
    throw new Violation(`players were told ${told.join(' and ')}, but it is ${right}`);
  }
  const isTimed = !wasBusy();
  if (isTimed) world.count.timed++;
  // A gateway that had no time to give a sign of life is taken for dead, and its players for gone.
  if (isTimed && result.reason !== '') throw new Violation(`the match ended with ${result.reason}`);
  for (const role of ['p1', 'p2'] as const) {
    if (scores[role] > made[role] || (isTimed && scores[role] < made[role])) {
      throw new Violation(`${role} has clicked ${made[role]} times and got ${scores[role]} points`);
    }
  }
}

/** Whoever asked for nothing is in nothing. @throws Violation */
function judgeIdle({ end, received }: WireClient): void {
  if (end) throw new Violation(`somebody idle was sent away with ${end.code} "${end.reason}"`);
  const strange = received.find(
    (each) => each.kind === 'frame' && (each.type === 'QUEUED' || each.type === 'GAME_START'),
  );
  if (strange) throw new Violation(`somebody idle was told ${JSON.stringify(strange).slice(0, 200)}`);
}
