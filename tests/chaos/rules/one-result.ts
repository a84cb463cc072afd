import type { Evidence, Played } from '../evidence.ts';
import { stored, told } from '../excerpt.ts';
import type { ResultEntry, Sitting } from '../history.ts';
import type { Violation } from './violation.ts';

const rule = 'a match has one winner and one result, and both sides are told the same';

export function oneResult(evidence: Evidence): Violation[] {
  return evidence.played.flatMap((played) => [
    ...winner(evidence, played),
    ...played.sittings.flatMap((sitting) => toldRight(played, sitting)),
    ...recorded(played),
  ]);
}

/** Who wins follows from how it ended. */
function winner({ history: { names } }: Evidence, played: Played): Violation[] {
  const { hash } = played;
  const [p1Score, p2Score] = [Number(hash.p1Score), Number(hash.p2Score)];
  const isPlayer = hash.winner === hash.p1 || hash.winner === hash.p2;
  const byScore = p1Score === p2Score ? 'draw' : p1Score > p2Score ? hash.p1 : hash.p2;
  const isRight = hash.reason ? isPlayer : hash.winner === byScore;
  if (isRight && hash.p1 !== hash.p2 && names[hash.p1 ?? ''] && names[hash.p2 ?? '']) return [];
  return [{ rule, what: `${played.room} was won by ${hash.winner}`, excerpt: stored(played) }];
}

function toldRight(played: Played, sitting: Sitting): Violation[] {
  const { hash, room } = played;
  const { player, overs, role, opponent } = sitting;
  const violations: Violation[] = [];
  const broken = (what: string) =>
    violations.push({ rule, what, excerpt: [...told(sitting), ...stored(played)] });
  const other = role === 'p1' ? 'p2' : 'p1';
  if (hash[role] !== player || hash[other] !== opponent)
    broken(`${player} is told that they meet ${opponent}`);
  for (const { winner: name, reason, p1Score, p2Score } of overs) {
    const isSame =
      name === hash.winner &&
      reason === hash.reason &&
      p1Score === Number(hash.p1Score) &&
      p2Score === Number(hash.p2Score);
    if (!isSame) broken(`${player} is told another end of ${room} than Valkey has`);
  }
  const connections = new Set(overs.map(({ connection }) => connection));
  if (connections.size < overs.length)
    broken(`${player} is told twice on one connection that ${room} is over`);
  return violations;
}

function recorded(played: Played): Violation[] {
  const { hash, room, results } = played;
  return (['p1', 'p2'] as const).flatMap((role): Violation[] => {
    const player = hash[role] ?? '';
    const entries = results[player] ?? [];
    if (entries.length !== 1) {
      const what = `${room} is ${entries.length} times in the list of ${player}`;
      return [{ rule, what, excerpt: stored(played) }];
    }
    if (isRight(played, role, entries[0] as ResultEntry)) return [];
    const what = `${room} is in the list of ${player} as ${JSON.stringify(entries[0])}`;
    return [{ rule, what, excerpt: stored(played) }];
  });
}

function isRight({ hash }: Played, role: 'p1' | 'p2', entry: ResultEntry): boolean {
  const [own, other] = role === 'p1' ? [hash.p1Score, hash.p2Score] : [hash.p2Score, hash.p1Score];
  return (
    entry.score === Number(own) &&
    entry.opponentScore === Number(other) &&
    entry.winnerId === hash.winner &&
    entry.opponent === (role === 'p1' ? hash.p2 : hash.p1)
  );
}
