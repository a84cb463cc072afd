import type { Report } from './audit.ts';
import { differenceText } from './difference.ts';

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/**
 * A report for people, some lines.
 *
 * @param queue how many results wait to be recorded, and how many failed for good
 * @param ms how long it took
 */
export function reportText(report: Report, queue: { open: number; failed: number }, ms: number): string {
  const { players, entries, halfMatches, boards, underWay } = report;
  const isDone = !report.difference;
  const wholeMatches = Math.round((entries - halfMatches) / 2);
  const matches = count(wholeMatches + halfMatches, 'match', 'matches');
  const lines = [
    `looked at ${count(players, 'player', 'players')}, ${count(entries, 'history entry', 'history entries')}, ` +
      `${matches}, ${count(report.boardEntries, 'entry', 'entries')} of ` +
      `${count(boards.length, 'leaderboard', 'leaderboards')} in ${(ms / 1000).toFixed(1)} s`,
  ];
  if (halfMatches > 0 && isDone) {
    const are = count(halfMatches, 'match is', 'matches are');
    lines.push(`${are} in one player's history only: the other's lists newer ones`);
  }
  lines.push(
    `results in the queue: ${queue.open.toLocaleString('en')} to be recorded, ` +
      `${queue.failed.toLocaleString('en')} failed for good`,
  );
  if (underWay > 0)
    lines.push(`${count(underWay, 'result was', 'results were')} on the way all the while: look again later`);
  lines.push(
    report.difference ? `first difference: ${differenceText(report.difference)}` : 'everything adds up',
  );
  return `${lines.join('\n')}\n`;
}
