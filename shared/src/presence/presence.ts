/** Where a player is: by which gateway connected, and in which match. */
import { keys } from '../keys.ts';
import { Script } from '../script.ts';
import type { Valkey } from '../valkey.ts';

/** How long a player is remembered after the last sign, in ms. */
export const presenceTtlMs = 600_000;

const presenceScript = <Reply>(name: string) =>
  new Script<Reply>(`presence_${name}`, [new URL(`${name}.lua`, import.meta.url)], 1);

const scripts = {
  enter: presenceScript<[number, string, string]>('enter'),
  touch: presenceScript<0 | 1>('touch'),
  exit: presenceScript<0 | 1>('exit'),
  assign: presenceScript<['ok' | 'busy', string]>('assign'),
  release: presenceScript<0 | 1>('release'),
};

/**
 * A player connects.
 *
 * @returns the connection's number, higher than any before; the gateway of the connection before it, whose
 *   socket is to be closed; the room that the player was in
 */
export async function enter(
  valkey: Valkey,
  playerId: string,
  gateway: string,
): Promise<{ connection: number; previousGateway: string; room: string }> {
  const [connection, previousGateway, room] = await scripts.enter.run(
    valkey,
    [keys.presence(playerId)],
    gateway,
    presenceTtlMs,
  );
  return { connection, previousGateway, room };
}

/** A player is still connected. @returns false when a newer connection has taken over */
export async function touch(
  valkey: Valkey,
  playerId: string,
  gateway: string,
  connection: number,
): Promise<boolean> {
  return (
    (await scripts.touch.run(valkey, [keys.presence(playerId)], gateway, connection, presenceTtlMs)) === 1
  );
}

/** A connection is gone. @returns false when a newer one has taken over, so that the player is still there */
export async function exit(valkey: Valkey, playerId: string, connection: number): Promise<boolean> {
  return (await scripts.exit.run(valkey, [keys.presence(playerId)], connection)) === 1;
}

/**
 * Puts a player into a match, unless in another one.
 *
 * @param ttlMs how long to remember it: longer than the match lasts
 */
export async function assign(
  valkey: Valkey,
  playerId: string,
  roomId: string,
  ttlMs: number,
): Promise<{ outcome: 'ok'; gateway: string } | { outcome: 'busy'; room: string }> {
  const [outcome, value] = await scripts.assign.run(valkey, [keys.presence(playerId)], roomId, ttlMs);
  return outcome === 'ok' ? { outcome, gateway: value } : { outcome, room: value };
}

/** A player is out of a match; nothing happens if in another one by now. */
export async function release(valkey: Valkey, playerId: string, roomId: string): Promise<void> {
  await scripts.release.run(valkey, [keys.presence(playerId)], roomId);
}

/** The room that the player is in, and the one that they were in last, as far as that is known. */
export async function roomsOf(
  valkey: Valkey,
  playerId: string,
): Promise<{ room: string | undefined; lastRoom: string | undefined }> {
  const [room, lastRoom] = await valkey.hmget(keys.presence(playerId), 'room', 'lastRoom');
  return { room: room || undefined, lastRoom: lastRoom || undefined };
}

/** The gateway where the player is connected, and the room that they are in; '' for none. */
export async function readWhereabouts(
  valkey: Valkey,
  playerId: string,
): Promise<{ gateway: string; room: string }> {
  const [gateway, room] = await valkey.hmget(keys.presence(playerId), 'gateway', 'room');
  return { gateway: gateway ?? '', room: room ?? '' };
}

/** Whether the player is connected, and in no match. */
export async function isFree(valkey: Valkey, playerId: string): Promise<boolean> {
  const { gateway, room } = await readWhereabouts(valkey, playerId);
  return gateway !== '' && room === '';
}

/** The room that the player is in, or null. */
export function roomOf(valkey: Valkey, playerId: string): Promise<string | null> {
  return valkey.hget(keys.presence(playerId), 'room');
}
