/**
 * A match in Valkey: the one place from which it is changed. Each function is one script, atomic, and by
 * Valkey's clock; it may be called again after a failure whose outcome is unknown, unless it says otherwise.
 */
import { keys } from '../keys.ts';
import type { ErrorCode, Mode, Role } from '../protocol.ts';
import type { Standing } from '../rating.ts';
import type { RespConnection } from '../resp/connection.ts';
import type { Rules } from '../rules.ts';
import { Script } from '../script.ts';
import type { Valkey } from '../valkey.ts';
import { stepMsOf } from './recording.ts';
import type { MatchResult } from './result.ts';
import {
  type MatchState,
  parseMatch,
  parseMode,
  parseStanding,
  rulesToFields,
  standingToFields,
} from './state.ts';

const matchScript = <Reply>(name: string, numberOfKeys: number, files = ['prelude', name]) =>
  new Script<Reply>(
    `match_${name}`,
    files.map((file) => new URL(`${file}.lua`, import.meta.url)),
    numberOfKeys,
  );

const scripts = {
  create: matchScript<number>('create', 3),
  click: matchScript<ClickReply>('click', 2, ['click']),
  claim: matchScript<'ok' | Refusal>('claim', 3),
  advance: matchScript<['gone'] | ['on', number, number] | ['over', 0, number, ...string[]]>('advance', 3),
  finish: matchScript<'ok' | Refusal>('finish', 1),
  away: matchScript<number>('away', 1),
  back: matchScript<0 | 1>('back', 1),
};

/** What a match has in Valkey: itself, and what is kept of how it goes. */
const keysOf = (roomId: string) => [keys.game(roomId), keys.gameSteps(roomId), keys.gameGoldens(roomId)];

/** Why a match did not take what a player did. */
export type Refusal = Extract<ErrorCode, 'not_in_match' | 'not_started' | 'match_over' | 'no_golden_cookie'>;
type ClickOutcome = 'ok' | 'seq_jump' | 'too_many_gaps' | Exclude<Refusal, 'no_golden_cookie'>;
/** As `click.lua` says it. */
type ClickReply = number | [ClickOutcome, number, number, number];

/** Somebody who plays in a match. */
export interface Player {
  id: string;
  name: string;
  picture: string;
  /** When the match began; absent when it is not known, and for bots. */
  standing?: Standing | undefined;
}

/** One of a match's two players, as the scripts know them. */
export interface Seat {
  roomId: string;
  role: Role;
  playerId: string;
}

/** Clicks by their numbers, both included; or, with `first` 0, `last` many clicks without numbers. */
export interface ClickRange {
  first: number;
  last: number;
}

/** What became of clicks. `ack`: highest of the player's clicks dealt with; `dropped`: how many were too fast to count. */
export interface Counted {
  outcome: ClickOutcome;
  ack: number;
  counted: number;
  dropped: number;
}

/** What a ticker needs to know after it has advanced a match. */
export type Advanced =
  | { phase: 'gone' }
  /** `next`: when the match needs its clock again. `done`: due time of what was done just now, 0 for nothing. */
  | { phase: 'on'; next: number; done: number }
  | { phase: 'over'; done: number; result: MatchResult };

/**
 * Begins a match. Creating it again changes nothing.
 *
 * @returns when it next needs its clock (ms), 0 when it is over already
 */
export function createMatch(
  valkey: Valkey,
  roomId: string,
  { mode, p1, p2 }: { mode: Mode; p1: Player; p2: Player },
  rules: Rules,
): Promise<number> {
  const [least, most] = rules.goldenGapMs;
  const firstGolden = Math.round(least + Math.random() * (most - least));
  const fields = {
    mode,
    p1: p1.id,
    p1Name: p1.name,
    p1Picture: p1.picture,
    ...standingToFields('p1', p1.standing),
    p2: p2.id,
    p2Name: p2.name,
    p2Picture: p2.picture,
    ...standingToFields('p2', p2.standing),
    ...rulesToFields(rules),
  };
  return scripts.create.run(
    valkey,
    keysOf(roomId),
    rules.countdownMs,
    rules.matchMs,
    firstGolden,
    stepMsOf(rules),
    ...Object.entries(fields).flat(),
  );
}

/** The match as it is now; undefined when there is none (any more). */
export async function readMatch(valkey: Valkey, roomId: string): Promise<MatchState | undefined> {
  return parseMatch(roomId, await valkey.hgetall(keys.game(roomId)));
}

/** Number of the match's latest event, a small part of reading it; undefined when there is none (any more). */
export async function readSeq(valkey: Valkey, roomId: string): Promise<number | undefined> {
  const seq = await valkey.hget(keys.game(roomId), 'seq');
  return seq === null ? undefined : Number(seq);
}

/**
 * Counts clicks. Numbered clicks may be sent again at will; clicks without numbers must not be, if it is not
 * known whether they were counted.
 */
export async function click(
  valkey: Valkey,
  { roomId, role, playerId }: Seat,
  range: ClickRange,
): Promise<Counted> {
  const reply = await scripts.click.run(
    valkey,
    [keys.game(roomId), keys.gameSteps(roomId)],
    role,
    playerId,
    range.first,
    range.last,
  );
  return countedOf(reply, range);
}

/** The next numbers are answered by how many were too fast, and nothing else. */
function countedOf(reply: ClickReply, { first, last }: ClickRange): Counted {
  if (typeof reply === 'number')
    return { outcome: 'ok', ack: last, counted: last - first + 1 - reply, dropped: reply };
  const [outcome, ack, counted, dropped] = reply;
  return { outcome, ack, counted, dropped };
}

/**
 * As `click`, by a connection that does without promises.
 *
 * @param done is told why they may not have been counted, or what became of them
 */
export function clickBy(
  connection: RespConnection,
  { roomId, role, playerId }: Seat,
  { first, last }: ClickRange,
  done: (error: Error | undefined, counted?: Counted) => void,
): void {
  scripts.click.call(
    connection,
    [keys.game(roomId), keys.gameSteps(roomId), role, playerId, first, last],
    (error, reply) => {
      if (error) return done(error);
      done(undefined, countedOf(reply as ClickReply, { first, last }));
    },
  );
}

/** Claims the golden cookie; with `goldenId`, only if it is still that one. */
export function claim(
  valkey: Valkey,
  { roomId, role, playerId }: Seat,
  goldenId?: number,
): Promise<'ok' | Refusal> {
  return scripts.claim.run(valkey, keysOf(roomId), role, playerId, goldenId ?? 0);
}

/** The player gives up. */
export function quit(valkey: Valkey, { roomId, role, playerId }: Seat): Promise<'ok' | Refusal> {
  return scripts.finish.run(valkey, [keys.game(roomId)], role, playerId);
}

/**
 * The player's connection is gone.
 *
 * @param connection its number, so that a newer one is not taken for gone
 * @returns when the player's grace ends (ms), 0 if it does not run
 */
export function leaveSeat(valkey: Valkey, { roomId, role }: Seat, connection: number): Promise<number> {
  return scripts.away.run(valkey, [keys.game(roomId)], role, connection);
}

/**
 * The player is there by this connection. After the end of the grace it is too late.
 *
 * @returns whether the match needs its clock now
 */
export async function takeSeat(
  valkey: Valkey,
  { roomId, role, playerId }: Seat,
  connection: number,
): Promise<boolean> {
  return (await scripts.back.run(valkey, [keys.game(roomId)], role, playerId, connection)) === 1;
}

/** Does what the match's clock is due to do: spawns a golden cookie, or ends the match. */
export async function advance(valkey: Valkey, roomId: string): Promise<Advanced> {
  const reply = await scripts.advance.run(
    valkey,
    keysOf(roomId),
    Math.random(),
    Math.random(),
    Math.random(),
  );
  if (reply[0] === 'gone') return { phase: 'gone' };
  if (reply[0] === 'on') return { phase: 'on', next: reply[1], done: reply[2] };
  const [, , done, mode, winner, reason, endedAt, ...sides] = reply as ['over', 0, number, ...string[]];
  const side = ([id, name, picture, score, rating, deviation]: (string | null)[]) => ({
    id: id ?? '',
    name: name ?? '',
    picture: picture ?? '',
    score: Number(score),
    standing: parseStanding(rating, deviation),
  });
  return {
    phase: 'over',
    done,
    result: {
      roomId,
      mode: parseMode(mode),
      p1: side(sides.slice(0, 6)),
      p2: side(sides.slice(6)),
      winner: winner ?? 'draw',
      reason: reason ?? '',
      endedAt: Number(endedAt),
    },
  };
}
