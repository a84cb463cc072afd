import type { Role } from '@overcookied/shared/protocol.ts';
import { formatDuration, formatNumber } from '../../format.ts';
import { ticksUpTo } from '../../replay/ticks.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { texts } from '../../texts/texts.ts';

interface Props {
  timeline: Timeline;
  names: Record<Role, string>;
}

/** What the curve shows, for whoever hears it: how the match stood every few seconds. */
export function ScoreTable({ timeline, names }: Props) {
  const { curve } = texts.value.result;
  const end = timeline.end / 1000;
  const times = [...ticksUpTo(end, 6).filter((time) => time < end), end];
  return (
    <div class="unseen">
      <table>
        <caption>{curve.title}</caption>
        <thead>
          <tr>
            <th scope="col">{curve.time}</th>
            <th scope="col">{names.p1}</th>
            <th scope="col">{names.p2}</th>
          </tr>
        </thead>
        <tbody>
          {times.map((time) => {
            const { score } = timeline.at(time * 1000);
            return (
              <tr key={time}>
                <th scope="row">{formatDuration(Math.round(time))}</th>
                <td>{formatNumber(score.p1)}</td>
                <td>{formatNumber(score.p2)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
