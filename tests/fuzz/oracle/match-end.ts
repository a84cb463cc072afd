/** Holds the end of a match against what was done in it. */
import { rules } from '../rules.ts';
import { expectFrame, highestAck, type Match } from '../seats.ts';
import { Violation } from '../violation.ts';
import type { WireClient } from '../wire/client.ts';
import type { World } from '../world.ts';
import { type Deeds, type Result, wrongResult } from './score.ts';

/** What a gateway has heard of so long before the end of a match, in ms, is counted by then. */
export const certainMs = 1_000;

/** What has been done in a match, of whose two players the first is fuzzed. */
export interface Known {
  deeds: Deeds;
  /** When it all began, in ms by `performance.now()`. */
  beganAt: number;
  /** How many clicks the opponent made. */
  opponentClicks: number;
  opponentQuit: boolean;
  /** Whether the fuzzed player's connection ended before the match. */
  hasLeft: boolean;
  mustCount: boolean;
}

/** Holds the end of a match against what its players have done. @throws Violation */
export async function judgeMatch(world: World, match: Match, known: Known): Promise<void> {
  const [own, opponent] = match.seats;
  await opponent.client.until(
    () => opponent.client.latest('GAME_OVER') ?? opponent.client.end,
    rules.countdownMs + rules.matchMs + world.withinMs,
  );
  const told = await endOf(world, opponent.client);
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
    const ownTold = await endOf(world, own.client);
    if (asTold(ownTold) !== asTold(result))
      throw new Violation(`${asTold(ownTold)} was told, but Valkey has ${asTold(result)}`);
  }
  // What the opponent did before its ping came in time by the gateway's clock, and nothing was too slow to deal with it.
  const isTimed =
    opponent.client.latest('PONG')?.now < match.endsAt - certainMs && !world.wasBusySince(known.beganAt);
  if (isTimed) world.count.timed++;
  const ids = { [own.role]: own.id, [opponent.role]: opponent.id } as { p1: string; p2: string };
  const problem =
    known.deeds.wrong(result[`${own.role}Score`], isTimed && known.mustCount && !wasRefused(own.client)) ??
    wrongResult(result, ids) ??
    wrongReason(result, match, known, isTimed) ??
    wrongOpponent(result[`${opponent.role}Score`], opponent.client, isTimed && result.reason === '', known);
  if (problem) throw new Violation(problem);
}

/** What a player was told of the end of the first match: who sends anything may be in the next one already. */
async function endOf(world: World, client: WireClient): Promise<Result> {
  await expectFrame(world, client, 'GAME_OVER');
  return client.all('GAME_OVER')[0];
}

/** Clicks that were refused aloud need not count. */
const wasRefused = (client: WireClient): boolean =>
  client.all('ERROR').some(({ code }) => refusals.has(code));

const refusals = new Set(['not_started', 'match_over', 'not_in_match', 'too_fast', 'busy', 'unavailable']);

function wrongReason(
  { winner, reason }: { winner: string; reason: string },
  match: Match,
  { deeds, opponentQuit, hasLeft }: Known,
  isTimed: boolean,
): string | undefined {
  const [own, opponent] = match.seats;
  const right =
    reason === 'quit'
      ? (deeds.quit && winner === opponent.id) || (opponentQuit && winner === own.id)
      : reason === 'opponent_disconnected'
        ? // A gateway that had no time to give a sign of life is taken for dead, and its players for gone.
          (hasLeft && winner === opponent.id) || !isTimed
        : reason === '' && !(opponentQuit && isTimed);
  return right
    ? undefined
    : `the match ended with "${reason}" and ${winner === own.id ? 'the fuzzed player' : winner === opponent.id ? 'the opponent' : 'nobody'} as winner`;
}

/** The opponent was honest: what was acknowledged is what counts, and that is everything if there was the time. */
function wrongOpponent(
  score: number,
  client: WireClient,
  allMustCount: boolean,
  { opponentClicks }: Known,
): string | undefined {
  const acknowledged = highestAck(client);
  const least = allMustCount ? opponentClicks : acknowledged;
  if (score >= least && score <= opponentClicks) return undefined;
  return `the opponent clicked ${opponentClicks} times, was told of ${acknowledged} and got ${score} points`;
}
