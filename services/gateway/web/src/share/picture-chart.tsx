import type { Role } from '@overcookied/shared/protocol.ts';
import { formatNumber } from '../format.ts';
import { areaOf, curveOf, pathOf } from '../replay/curve.ts';
import type { Timeline } from '../replay/timeline.ts';
import { texts } from '../texts/texts.ts';

interface Props {
  timeline: Timeline;
  /** The player's own side. */
  mine: Role;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The score curve, as it is drawn in a picture. */
export function PictureChart({ timeline, mine, x, y, width, height }: Props) {
  const { lines, ends, goldens, levels, times } = curveOf(timeline, width, height);
  const theirs = mine === 'p1' ? 'p2' : 'p1';
  return (
    <g transform={`translate(${x} ${y})`}>
      {levels.map((level) => (
        <g key={level.points} transform={`translate(0 ${level.y})`}>
          <path class="picture__grid" d={`M0 0H${width}`} />
          <text class="picture__points" x="-14" y="7" font-size="20">
            {formatNumber(level.points)}
          </text>
        </g>
      ))}
      {times.map((time, index) => (
        <text key={time.seconds} class="picture__time" x={time.x} y={height + 36} font-size="20">
          {index === times.length - 1 ? texts.value.result.curve.seconds(time.seconds) : time.seconds}
        </text>
      ))}
      <path class="picture__area" d={areaOf(lines[mine], height)} />
      <path class="picture__line picture__line--theirs" d={pathOf(lines[theirs])} />
      <path class="picture__line picture__line--mine" d={pathOf(lines[mine])} />
      {goldens.map((golden) => (
        <circle key={golden.id} class="picture__golden" cx={golden.x} cy={golden.y} r="10" />
      ))}
      <path
        class="picture__end picture__end--theirs"
        d={`M${ends[theirs].x} ${ends[theirs].y}m0-13l13 13l-13 13l-13-13Z`}
      />
      <circle class="picture__end picture__end--mine" cx={ends[mine].x} cy={ends[mine].y} r="11" />
    </g>
  );
}
