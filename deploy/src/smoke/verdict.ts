import type { SmokeMatch } from './match.ts';

/** What is wrong with a smoke match, one line each; none if it ended as a match must. */
export function whatIsWrong({ stats, records: [left, right] }: SmokeMatch): string[] {
  const wrong = (is: boolean, text: string) => (is ? [text] : []);
  const ended = `${stats.endReasons}`;
  return [
    ...wrong(stats.violations > 0, `${stats.violations} promises of the game were broken`),
    ...wrong(
      stats.matchesGivenUp > 0,
      `${stats.matchesGivenUp} of the two players were never told of the end`,
    ),
    ...wrong(ended !== 'time up 1', `it must end once, by the clock; it ended: ${ended}`),
    ...wrong(stats.clicksLost > 0, `${stats.clicksLost} clicks were lost`),
    ...wrong(stats.clicksCounted === 0, 'no click was counted'),
    ...wrong(
      stats.matchesFinished > 0 && (!left || !right),
      'it is not in the history of both players, so results are not recorded',
    ),
    ...wrong(
      left !== undefined && right !== undefined && !isSame(left, right),
      `the two histories tell it differently: ${JSON.stringify(left)} and ${JSON.stringify(right)}`,
    ),
  ];
}

type Games = NonNullable<SmokeMatch['records'][number]>;

function isSame(left: Games, right: Games): boolean {
  return (
    left.gameId === right.gameId &&
    left.winnerId === right.winnerId &&
    left.score === right.opponentScore &&
    left.opponentScore === right.score
  );
}
