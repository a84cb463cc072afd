import type { Role } from '@overcookied/shared/protocol.ts';
import { formatDuration, formatNumber } from '../format.ts';
import type { Facts } from '../replay/facts.ts';
import { texts } from '../texts/texts.ts';

interface Props {
  facts: Facts;
  /** Which side is the player's own. */
  mine: Role;
  names: Record<Role, string>;
}

/** What is worth telling: of both beside each other, and of the lead in sentences. */
export function MatchFacts({ facts, mine, names }: Props) {
  const words = texts.value.result.facts;
  const theirs = mine === 'p1' ? 'p2' : 'p1';
  const row = (what: Record<Role, number>) => ({ mine: what[mine], theirs: what[theirs] });
  const { leadChanges, biggestLead } = facts;
  const lead = biggestLead && {
    name: names[biggestLead.by],
    points: formatNumber(biggestLead.points),
    time: timeOf(biggestLead.at),
  };
  return (
    <div class="facts" data-testid="match-facts">
      <table class="facts__table">
        <thead class="unseen">
          <tr>
            <th scope="col">{names[mine]}</th>
            <td />
            <th scope="col">{names[theirs]}</th>
          </tr>
        </thead>
        <tbody>
          <FactRow name={words.goldens} values={row(facts.goldens)} testId="fact-goldens" />
          <FactRow
            name={words.fastest}
            unit={words.perSecond}
            values={row(facts.fastest)}
            testId="fact-fastest"
          />
        </tbody>
      </table>
      <ul class="facts__leads">
        <li data-testid="fact-lead-changes">
          {leadChanges.last
            ? words.leadChanges(leadChanges.count, timeOf(leadChanges.last.at))
            : words.noLeadChange}
        </li>
        {lead && (
          <li data-testid="fact-biggest-lead">{words.biggestLead(lead.name, lead.points, lead.time)}</li>
        )}
      </ul>
    </div>
  );
}

interface FactProps {
  name: string;
  unit?: string;
  values: { mine: number; theirs: number };
  testId: string;
}

/** One thing that both did, and who did it better. */
function FactRow({ name, unit, values: { mine, theirs }, testId }: FactProps) {
  const best = (isBest: boolean) => (isBest ? 'facts__value facts__value--best' : 'facts__value');
  return (
    <tr data-testid={testId}>
      <td class={best(mine > theirs)}>{formatNumber(mine)}</td>
      <th scope="row">
        {name} {unit && <small>{unit}</small>}
      </th>
      <td class={best(theirs > mine)}>{formatNumber(theirs)}</td>
    </tr>
  );
}

/** Minutes and seconds of the match. */
const timeOf = (ms: number): string => formatDuration(Math.floor(ms / 1000));
