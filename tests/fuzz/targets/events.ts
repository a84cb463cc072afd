/** Messages out of Valkey that no service has sent, while two honest players play and a third does nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { type Message, message } from '../arbitraries/messages.ts';
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
/** What a gateway has heard of so long before the end, in ms, is counted by then. */
const certainMs = 1_000;
/** A gateway that takes so long to answer a ping, in ms, may have had no time to find out. */
const busyMs = 100;

export const eventCase: fc.Arbitrary<Message[]> = fc.array(message, {
  minLength: 1,
  maxLength: 10,
  size: 'max',
});

/** @throws Violation */
export async function runEventCase(world: World, messages: Message[]): Promise<void> {
  const match = await meet(world, 0);
  const idle = await connect(world, 1);
  const [a, b] = match.seats;
  try {
    await sleep(Math.max(0, match.startsAt - match.now()) + 50);
    const clicks = await Promise.all([
      clickHonestly(world, match, a.client),
      clickHonestly(world, match, b.client),
      publish(world, match, idle.id, messages),
    ]);
    // Clicks that came too late, because the machine is busy, say nothing.
    if (clicks[0] === undefined || clicks[1] === undefined) return;
    const scores = { [a.role]: clicks[0], [b.role]: clicks[1] } as Scores;
    await judgeBeforeEnd(match, scores);
    await judgeEnd(world, match, scores);
    judgeIdle(idle.client);
  } finally {
    for (const client of [a.client, b.client, idle.client]) client.close();
  }
}

type Scores = Record<'p1' | 'p2', number>;

/** @returns how many clicks were made; undefined if by the gateway's clock there was no time for all of them */
async function clickHonestly(world: World, match: Match, client: WireClient): Promise<number | undefined> {
  let seq = 0;
  while (match.now() < match.endsAt - quietMs && !client.end) {
    client.send('CLICK', { seq: ++seq, count: 1 });
    await sleep(clickEveryMs);
  }
  client.send('PING');
  await client.until(() => client.latest('PONG') ?? client.end, world.withinMs);
  // A player who was sent away is to be judged.
  return client.end || client.latest('PONG')?.now < match.endsAt - certainMs ? seq : undefined;
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
async function judgeBeforeEnd(match: Match, { p1: p1Score, p2: p2Score }: Scores): Promise<void> {
  await sleep(Math.max(0, match.endsAt - match.now() - 300));
  for (const { client, role } of match.seats) {
    const told = toldOf(client);
    const end = client.end;
    // The gateway's own time says whether the end has come by now, and its delay whether it is too busy to judge.
    const askedAt = performance.now();
    client.send('PING', { t: 1 });
    await client.until(() => client.latest('PONG')?.t ?? client.end, 300);
    const pong = client.latest('PONG');
    if (end ?? client.end)
      throw new Violation(`a player was sent away with ${client.end?.code} "${client.end?.reason}"`);
    if (!pong?.t || pong.now >= match.endsAt || performance.now() - askedAt > busyMs) return;
    if (told.isOver) throw new Violation('a player was told of the end of a match that goes on');
    if (told.p1Score !== p1Score || told.p2Score !== p2Score) {
      throw new Violation(
        `${role} still believes in ${told.p1Score} to ${told.p2Score}, but it is ${p1Score} to ${p2Score}`,
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

async function judgeEnd(world: World, match: Match, { p1: p1Score, p2: p2Score }: Scores): Promise<void> {
  const ids = Object.fromEntries(match.seats.map(({ role, id }) => [role, id])) as { p1: string; p2: string };
  const winner = p1Score > p2Score ? ids.p1 : p2Score > p1Score ? ids.p2 : 'draw';
  const right = JSON.stringify({ winner, p1Score, p2Score });
  for (const { client, role } of match.seats) {
    await client.until(() => client.latest('GAME_OVER') ?? client.end, rules.matchMs + world.withinMs);
    const { winner, p1Score, p2Score } = await expectFrame(world, client, 'GAME_OVER');
    const told = JSON.stringify({ winner, p1Score, p2Score });
    if (told !== right) throw new Violation(`${role} was told ${told}, but it is ${right}`);
  }
  const hash = await world.valkey.hgetall(`overcookied:game:{${match.roomId}}`);
  const kept = JSON.stringify({
    winner: hash.winner,
    p1Score: Number(hash.p1Score),
    p2Score: Number(hash.p2Score),
  });
  if (kept !== right) throw new Violation(`Valkey has ${kept}, but it is ${right}`);
}

/** Whoever asked for nothing is in nothing. @throws Violation */
function judgeIdle({ end, received }: WireClient): void {
  if (end) throw new Violation(`somebody idle was sent away with ${end.code} "${end.reason}"`);
  const strange = received.find(
    (each) => each.kind === 'frame' && (each.type === 'QUEUED' || each.type === 'GAME_START'),
  );
  if (strange) throw new Violation(`somebody idle was told ${JSON.stringify(strange).slice(0, 200)}`);
}
