import type { Role } from '@overcookied/shared/protocol.ts';
import type { Whose } from '../match.ts';
import { curveOf, labelHeights, type Point, pathOf } from '../replay/curve.ts';
import { ticksUpTo } from '../replay/ticks.ts';
import type { Timeline } from '../replay/timeline.ts';
import { texts } from '../texts/texts.ts';
import { ScoreTable } from './score-table.tsx';

/** The chart is drawn in these units, and stretched to its place. */
const width = 600;
const height = 240;
/** Two labels need so much of the height between them. */
const labelGap = 32;

interface Props {
  timeline: Timeline;
  /** Which line is whose. */
  whose: Record<Role, Whose>;
  names: Record<Role, string>;
}

/** The scores of both over the match: lines with their golden cookies, and a table for whoever cannot see them. */
export function ScoreCurve({ timeline, whose, names }: Props) {
  const curve = curveOf(timeline, width, height);
  const labels = labelHeights(curve, labelGap, height);
  // The own line lies on top.
  const roles: Role[] = whose.p1 === 'mine' ? ['p2', 'p1'] : ['p1', 'p2'];
  return (
    <figure class="curve" data-testid="score-curve">
      <figcaption>{texts.value.result.curve.title}</figcaption>
      <div class="curve__plot" aria-hidden="true">
        <Axes top={curve.top} seconds={timeline.recording.matchMs / 1000} />
        <svg
          class="curve__lines"
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {roles.map((role) => (
            <path
              key={role}
              class={`curve__line curve__line--${whose[role]}`}
              d={pathOf(curve.lines[role])}
            />
          ))}
        </svg>
        {curve.goldens.map((golden) => (
          <i key={golden.id} class="curve__golden" data-testid="curve-golden" style={placeOf(golden)} />
        ))}
        {roles.map((role) => {
          const end = curve.lines[role].at(-1) ?? { x: 0, y: height };
          return (
            <div key={role} class={`curve__side curve__side--${whose[role]}`}>
              <i class="curve__end" style={placeOf(end)} />
              <span class="curve__label" style={placeOf({ x: end.x, y: labels[role] })}>
                <bdi>{names[role]}</bdi>{' '}
                <b data-testid={`curve-end-${whose[role]}`}>{timeline.at(timeline.end).score[role]}</b>
              </span>
            </div>
          );
        })}
      </div>
      <ScoreTable timeline={timeline} names={names} />
    </figure>
  );
}

/** Points upwards, seconds to the right. */
function Axes({ top, seconds }: { top: number; seconds: number }) {
  const times = ticksUpTo(seconds, 4);
  return (
    <>
      {ticksUpTo(top, 3).map((points) => (
        <span key={points} class="curve__points" style={{ top: `${100 - (100 * points) / top}%` }}>
          {points}
        </span>
      ))}
      {times.map((time) => (
        <span key={time} class="curve__time" style={{ left: `${(100 * time) / seconds}%` }}>
          {time === times.at(-1) ? texts.value.result.curve.seconds(time) : time}
        </span>
      ))}
    </>
  );
}

const placeOf = ({ x, y }: Point) => ({ left: `${(100 * x) / width}%`, top: `${(100 * y) / height}%` });
