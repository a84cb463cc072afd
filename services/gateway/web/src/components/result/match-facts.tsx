import type { Role } from '@overcookied/shared/protocol.ts';
import { formatDuration, formatNumber } from '../../format.ts';
import type { Facts } from '../../replay/facts.ts';
import { texts } from '../../texts/texts.ts';

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
  return (
    <div class="facts" data-testid="match-facts">
      <table class="facts__table">
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{names[mine]}</span>
            </th>
            <td />
            <th scope="col">
              <span class="unseen">{names[theirs]}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <FactRow sign="golden" name={words.goldens} values={row(facts.goldens)} testId="fact-goldens" />
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
        {biggestLead && <li data-testid="fact-biggest-lead">{biggest(biggestLead, mine, names[theirs])}</li>}
      </ul>
    </div>
  );
}

function biggest(
  { by, points, at }: NonNullable<Facts['biggestLead']>,
  mine: Role,
  opponent: string,
): string {
  const words = texts.value.result.facts.biggestLead;
  const [lead, time] = [formatNumber(points), timeOf(at)];
  return by === mine ? words.mine(lead, time) : words.theirs(opponent, lead, time);
}

interface FactProps {
  name: string;
  sign?: 'golden';
  unit?: string;
  values: { mine: number; theirs: number };
  testId: string;
}

/** One thing that both did, and who did it better. */
function FactRow({ name, sign, unit, values: { mine, theirs }, testId }: FactProps) {
  const best = (isBest: boolean) => (isBest ? 'facts__value facts__value--best' : 'facts__value');
  return (
    <tr data-testid={testId}>
      <td class={best(mine > theirs)}>
        <b>{formatNumber(mine)}</b>
      </td>
      <th scope="row">
        {sign && <i class="curve__golden" />} {name} {unit && <small>{unit}</small>}
      </th>
      <td class={best(theirs > mine)}>
        <b>{formatNumber(theirs)}</b>
      </td>
    </tr>
  );
}

/** Minutes and seconds of the match. */
const timeOf = (ms: number): string => formatDuration(Math.floor(ms / 1000));
