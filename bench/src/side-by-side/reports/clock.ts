import type { Purpose } from '../../clock/traffic.ts';
import { figure, ms, paragraph, percent, table } from '../../markdown.ts';
import type { MatchmakingSummary } from '../../matchmaking/summary.ts';
import type { Clock } from '../measures/clock.ts';

const purposes: Record<Purpose, string> = {
  due: 'to know which matches are due, and when next',
  advance: 'to have golden cookies come and matches end',
  result: 'to read how a match went, and let go of it',
  records: 'to record results, by a queue of jobs',
  upkeep: 'signs of life, whatever is played',
};

export function clockReport({ most, traffic }: Clock): string {
  const { clock, byPurpose } = traffic;
  return `## The clock of matches

${paragraph(`This system alone. Matches at once on one ticker${most.isPinned ? ' on a core of its own, Valkey and the bench on another' : ' (**not pinned to a core**: that cannot be had here)'}, under the
default rules, with 99 in 100 golden cookies and ends within ${most.mostLateMs} ms: **${figure(most.matches)}**${most.steps.every(({ isWithin }) => isWithin) ? ', the most that was tried' : ''}.`)}

${table(
  [
    'matches',
    'events a second',
    'on time',
    'p99 within, ms',
    'ends late, p99, ms',
    'ticker’s core',
    'Valkey’s core',
  ],
  most.steps.map((step) => [
    figure(step.matches),
    figure(step.eventsPerSecond),
    percent(step.onTime, 1),
    figure(step.p99WithinMs, step.p99WithinMs % 1 ? 1 : 0),
    ms(step.endsLateP99Ms),
    percent(step.tickerCore, 1, 0),
    percent(step.valkeyCore, 1, 0),
  ]),
)}
${paragraph(`What the ticker asks of Valkey for each minute of a match in which nobody clicks, with ${figure(traffic.matches)} matches on,
by \`MONITOR\`:`)}

${table(
  ['commands a match-minute', 'sent', 'those inside scripts'],
  [
    ...Object.entries(purposes).map(([purpose, what]) => {
      const { sent, inScripts } = byPurpose[purpose as Purpose];
      return [what, figure(sent, 2), figure(inScripts, 2)];
    }),
    ['**the clock: the first two**', figure(clock.sent, 2), figure(clock.inScripts, 2)],
  ],
)}
In bytes a match-minute, all of it: ${figure(traffic.bytesIn)} to Valkey, ${figure(traffic.bytesOut)} from it.
`;
}

export function matchmakingReport(summary: MatchmakingSummary): string {
  const { joinToStart, joinToStartOfAll, joinsPerSecond, waiting, pairsPerSecond } = summary;
  return `## Join to start, and pairs a second

${paragraph(`This system alone. At ${figure(joinsPerSecond)} joins a second: from the join that makes a pair possible to that player's start, and of everybody,
which includes waiting for somebody to come. Then how fast one matchmaker empties a queue of ${figure(waiting)}, until both of each
pair are told.`)}

${table(
  ['', 'p50', 'p99', 'max'],
  [
    ['ms, from the join that makes a pair', ms(joinToStart.p50), ms(joinToStart.p99), ms(joinToStart.max)],
    ['ms, everybody', ms(joinToStartOfAll.p50), ms(joinToStartOfAll.p99), ms(joinToStartOfAll.max)],
  ],
)}
${paragraph(`${figure(pairsPerSecond)} pairs a second; a pair takes ${figure(summary.matchmakerUsPerPair)} µs of processor time in the matchmaker and ${figure(summary.valkeyUsPerPair)} in Valkey.`)}
`;
}
