import { nanoid } from 'nanoid';
import { Violation } from './violation.ts';
import { WireClient } from './wire/client.ts';
import { newcomer, type World } from './world.ts';

type Role = 'p1' | 'p2';

/** One player in a match, at the wire. */
export interface Seat {
  id: string;
  role: Role;
  client: WireClient;
}

/** Two players, each by another gateway, who have been told that their match begins. */
export interface Match {
  roomId: string;
  seats: [Seat, Seat];
  startsAt: number;
  endsAt: number;
  /** Valkey's clock in ms, or a little behind it. */
  now(): number;
}

/** Somebody who has connected, at one of the gateways. */
export async function connect(world: World, gateway: 0 | 1): Promise<{ id: string; client: WireClient }> {
  const target = newcomer(world, gateway);
  world.count.sockets++;
  return { id: target.id, client: await WireClient.open(target, world.withinMs) };
}

/** @param gateway of the first of the two. @throws Violation when they do not meet */
export async function meet(world: World, gateway: 0 | 1): Promise<Match> {
  const payload = { mode: 'private', code: nanoid() };
  const players = await Promise.all([connect(world, gateway), connect(world, gateway === 0 ? 1 : 0)]);
  try {
    const [{ client: first }, { client: second }] = players;
    first.send('JOIN_QUEUE', payload);
    await expectFrame(world, first, 'QUEUED');
    second.send('JOIN_QUEUE', payload);
    const starts = [
      await expectFrame(world, first, 'GAME_START'),
      await expectFrame(world, second, 'GAME_START'),
    ];
    const [start] = starts;
    const seenAt = performance.now();
    const seats = players.map((player, i) => ({ ...player, role: starts[i].role })) as [Seat, Seat];
    world.count.matches++;
    return {
      roomId: start.roomId,
      seats,
      startsAt: start.startsAt,
      endsAt: start.endsAt,
      now: () => start.now + performance.now() - seenAt,
    };
  } catch (error) {
    for (const { client } of players) client.drop();
    throw error;
  }
}

/** The payload of the latest frame of this type, as soon as there is one. @throws Violation when none comes */
// biome-ignore lint/suspicious/noExplicitAny: a stranger knows no types
export async function expectFrame(world: World, client: WireClient, type: string): Promise<any> {
  await client.until(() => client.latest(type) ?? client.end, world.withinMs);
  const payload = client.latest(type);
  if (payload) return payload;
  const came = client.received.map((each) => (each.kind === 'frame' ? each.type : each.kind)).slice(-10);
  throw new Violation(
    `no ${type} came, but ${came.join(', ') || 'nothing'}${client.end ? `, and the end with ${client.end.code}` : ''}`,
  );
}

/** The highest click that a player was told to be dealt with. */
export const highestAck = (client: WireClient): number =>
  Math.max(0, ...client.all('UPDATE').map(({ ack }) => ack ?? 0));
