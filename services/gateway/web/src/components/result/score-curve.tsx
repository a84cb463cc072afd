import type { Role } from '@overcookied/shared/protocol.ts';
import { formatNumber } from '../../format.ts';
import { areaOf, type Curve, curveOf, labelHeights, type Point, pathOf } from '../../replay/curve.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { texts } from '../../texts/texts.ts';
import { ScoreTable } from './score-table.tsx';

/** The chart is drawn in these units, and stretched to its place. */
const width = 600;
const height = 240;
/** What two labels need of the height between their middles. */
const labelGap = 32;

interface Props {
  timeline: Timeline;
  /** Which side is the player's own; for whoever only watches, the left one. */
  mine: Role;
  /** What each line is called. */
  names: Record<Role, string>;
}

/** The scores of both over the match: lines with their golden cookies, and a table for whoever cannot see them. */
export function ScoreCurve({ timeline, mine, names }: Props) {
  const theirs = mine === 'p1' ? 'p2' : 'p1';
  const curve = curveOf(timeline, width, height);
  const { lines, ends, goldens, levels } = curve;
  const { score } = timeline.at(timeline.end);
  const labels = labelHeights(ends, labelGap, height);
  const end = (role: Role) => ({ at: ends[role], labelY: labels[role], score: score[role] });
  return (
    <figure class="curve" data-testid="score-curve">
      <div class="curve__plot" aria-hidden="true">
        <Axes curve={curve} />
        <svg
          class="curve__lines"
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path class="curve__grid" d={levels.map(({ y }) => `M0 ${y}H${width}`).join('')} />
          <path class="curve__area" d={areaOf(lines[mine], height)} />
          <path class="curve__line curve__line--theirs" d={pathOf(lines[theirs])} />
          <path class="curve__line curve__line--mine" d={pathOf(lines[mine])} />
        </svg>
        {goldens.map((golden) => (
          <i key={golden.id} class="curve__golden" data-testid="curve-golden" style={placeOf(golden)} />
        ))}
        <LineEnd whose="theirs" name={names[theirs]} {...end(theirs)} />
        <LineEnd whose="mine" name={names[mine]} {...end(mine)} />
      </div>
      <ScoreTable timeline={timeline} names={names} />
    </figure>
  );
}

/** Points upwards, seconds to the right. */
function Axes({ curve: { levels, times } }: { curve: Curve }) {
  return (
    <>
      {levels.map(({ points, y }) => (
        <span key={points} class="curve__points" style={placeOf({ x: 0, y })}>
          {formatNumber(points)}
        </span>
      ))}
      {times.map(({ seconds, x }, index) => (
        <span key={seconds} class="curve__time" style={placeOf({ x, y: height })}>
          {index === times.length - 1 ? texts.value.result.curve.seconds(seconds) : seconds}
        </span>
      ))}
    </>
  );
}

interface EndProps {
  whose: 'mine' | 'theirs';
  name: string;
  score: number;
  at: Point;
  labelY: number;
}

/** Whose line it is that ends here: by the marker's form, and in words. */
function LineEnd({ whose, name, score, at, labelY }: EndProps) {
  return (
    <div class={`curve__side curve__side--${whose}`}>
      <i class="curve__end" style={placeOf(at)} />
      <span class="curve__label" style={placeOf({ x: at.x, y: labelY })}>
        <bdi>{name}</bdi> <b data-testid={`curve-end-${whose}`}>{formatNumber(score)}</b>
      </span>
    </div>
  );
}

const placeOf = ({ x, y }: Point) => ({ left: `${(100 * x) / width}%`, top: `${(100 * y) / height}%` });
