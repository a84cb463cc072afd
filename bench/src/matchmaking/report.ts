import { figure, ms, table } from '../markdown.ts';
import { spreadOf } from '../spread.ts';
import type { SlowCommand } from '../valkey-load.ts';
import { type Verdict, verdicts } from '../verdicts.ts';
import type { Drain } from './drain.ts';
import type { Latency } from './latency.ts';

/** What was asked for, on two cores. */
const targets = {
  joinsPerSecond: 50,
  p50Ms: 10,
  p99Ms: 50,
  players: 100_000,
  pairsPerSecond: 5_000,
  scriptMs: 5,
};
/** The cost of a pair counts as flat when the longest queue's is at most so many times the shortest's. */
const flatFactor = 1.25;

export function latencyReport(results: Latency[]): string {
  const head = [
    'joins/s',
    'joins',
    'all: p50',
    'p99',
    'max',
    'last to join: p50',
    'p99',
    'max',
    'the other: p50',
    'p99',
    'max',
    'passes a join',
    'sent late: p99',
    'told wrong',
  ];
  const rows = results.map((result) => [
    figure(result.joinsPerSecond, result.joinsPerSecond % 1 ? 1 : 0),
    figure(result.joins),
    ...[result.all, result.completing, result.other].flatMap(({ p50, p99, max }) => [
      ms(p50),
      ms(p99),
      ms(max),
    ]),
    figure(result.passes / result.joins, 2),
    ms(result.lateness.p99),
    figure(result.wrongRooms + result.untold),
  ]);
  const judged = results.find(({ joinsPerSecond }) => joinsPerSecond === targets.joinsPerSecond)?.completing;
  return `### Join to \`GAME_START\`, in ms

${table(head, rows)}
"All" includes waiting for somebody else to come, which nothing here can shorten: at 50 joins a second that is 20 ms on
average for every other player. "Last to join" counts from the join that made the pair possible to that player's
\`GAME_START\`, "the other" from the same join to the opponent's.

${verdicts([
  judged && [
    `p50 of the last to join under ${targets.p50Ms} ms at 50 joins/s`,
    judged.p50 < targets.p50Ms,
    ms(judged.p50),
  ],
  judged && [`p99 under ${targets.p99Ms} ms`, judged.p99 < targets.p99Ms, ms(judged.p99)],
])}`;
}

export function drainReport(results: Drain[]): string {
  const head = [
    'matchmakers, waiting',
    'times',
    'pairs/s',
    'seconds each',
    'matchmaker µs/pair',
    'Valkey µs/pair',
    'pairs/pass',
  ];
  const rows = results.map((result) => [
    `${result.matchmakers}, ${figure(result.players)}`,
    figure(result.times),
    figure(result.pairs / result.seconds),
    figure(result.seconds / result.times, 2),
    figure((1e6 * result.matchmakerCpuSeconds) / result.pairs),
    figure((1e6 * result.valkeyCpuSeconds) / result.pairs),
    figure(result.pairs / result.passes),
  ]);
  return `### Draining a queue

${table(head, rows)}
Counted from waking the matchmakers to the last of both notifications of each match; every player was told of exactly
one room, and every room to two. µs are processor time.

### Commands that held Valkey for more than 1 ms

${slowReport(results.flatMap(({ slow }) => slow))}
From Valkey's SLOWLOG of the drains above. It goes by the clock: a command that had to wait for a processor, because
other processes had them all, is in it too, as one that touches a single small key must have had to. (Run as root, the
bench gives Valkey the highest priority; what the machine's owner takes is still in it.) A command that a script calls
is counted once more by itself.

${verdicts(
  results.flatMap((result) =>
    result.players === targets.players
      ? [
          [
            `${result.matchmakers} matchmaker(s), ${figure(targets.players)}: at least ${figure(targets.pairsPerSecond)} pairs/s`,
            result.pairs / result.seconds >= targets.pairsPerSecond,
            figure(result.pairs / result.seconds),
          ] as Verdict,
        ]
      : [],
  ),
)}${verdicts([
  [
    `no command holds Valkey longer than ${targets.scriptMs} ms`,
    results.every(({ slow }) => (slow[0]?.ms ?? 0) <= targets.scriptMs),
    slowest(results.flatMap(({ slow }) => slow).sort((a, b) => b.ms - a.ms)),
  ],
  ...[...new Set(results.map(({ matchmakers }) => matchmakers))].map((count) =>
    flatness(results.filter(({ matchmakers }) => matchmakers === count)),
  ),
])}`;
}

function slowReport(slow: SlowCommand[]): string {
  const names = [...new Set(slow.map(({ name }) => name))];
  const rows = names.map((name) => {
    const times = slow.filter((each) => each.name === name).map(({ ms }) => ms);
    const spread = spreadOf(Float64Array.from(times));
    const over = times.filter((each) => each > targets.scriptMs).length;
    return [name, figure(spread.count), figure(over), ms(spread.p50), ms(spread.max)];
  });
  return table(['command', 'over 1 ms', `over ${targets.scriptMs} ms`, 'p50 of these', 'max'], rows);
}

/** Whether a pair costs as much in a long queue as in a short one. */
function flatness(results: Drain[]): Verdict | undefined {
  const sorted = results.toSorted((a, b) => a.players - b.players);
  const [shortest, longest] = [sorted[0], sorted.at(-1)];
  if (!shortest || !longest || shortest === longest) return undefined;
  const cost = ({ matchmakerCpuSeconds, valkeyCpuSeconds, pairs }: Drain) =>
    (matchmakerCpuSeconds + valkeyCpuSeconds) / pairs;
  const factor = cost(longest) / cost(shortest);
  return [
    `${shortest.matchmakers} matchmaker(s): cost of a pair flat from ${figure(shortest.players)} to ${figure(longest.players)}, within ${flatFactor} times`,
    factor <= flatFactor,
    `${figure(factor, 2)} times`,
  ];
}

const slowest = ([first]: SlowCommand[]) => (first ? `${ms(first.ms)} ms ${first.name}` : 'none');
