import type { ContenderName } from '../../contenders/contender.ts';
import type { Survival } from '../../contenders/survival.ts';
import { figure, percent, table } from '../../markdown.ts';
import type { SurvivalRounds } from '../measures/survival.ts';
import { titles } from '../names.ts';
import { succeeded } from '../turns.ts';

/** All rounds of one contender together; undefined when it has none. */
export function survivalOf(all: SurvivalRounds, name: ContenderName): Survival | undefined {
  const [first, ...others] = succeeded(all[name]);
  return others.reduce<Survival | undefined>(
    (sum, each) =>
      sum && {
        matches: sum.matches + each.matches,
        goOn: sum.goOn + each.goOn,
        survived: sum.survived + each.survived,
        clicks: sum.clicks + each.clicks,
        counted:
          sum.counted === undefined || each.counted === undefined ? undefined : sum.counted + each.counted,
      },
    first,
  );
}

export function survivalReport(all: SurvivalRounds, names: readonly ContenderName[]): string {
  const rows = names.map((name) => {
    const survival = survivalOf(all, name);
    if (!survival) return [titles[name], '–', '–', '–', '–', '–'];
    const { matches, goOn, survived, clicks, counted } = survival;
    return [
      titles[name],
      figure(matches),
      percent(goOn, matches, 1),
      counted === undefined ? 'no score' : percent(survived, matches, 1),
      figure(clicks),
      counted === undefined ? 'no score' : percent(counted, clicks),
    ];
  });
  return `## What a SIGKILL of one process leaves

One of two processes is killed while all players click four times a second; whoever loses a connection comes back to the
other one as that client would, and everybody goes on clicking. A match goes on when both players are connected again and
hear of each other's clicks; it survives when the score of before is still there too. Clicks counts those made before,
meanwhile and afterwards that are in the score at the end.

${table(['', 'matches', 'go on', 'survive with the score', 'clicks made', 'clicks counted'], rows)}`;
}
