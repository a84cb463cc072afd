import type { Role } from '@overcookied/shared/protocol.ts';
import { formatNumber } from '../format.ts';
import { curveOf, pathOf } from '../replay/curve.ts';
import { ticksUpTo } from '../replay/ticks.ts';
import type { Timeline } from '../replay/timeline.ts';
import { texts } from '../texts/texts.ts';

interface Props {
  timeline: Timeline;
  mine: Role;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The score curve, as it is drawn in a picture. */
export function PictureChart({ timeline, mine, x, y, width, height }: Props) {
  const { lines, goldens, top } = curveOf(timeline, width, height);
  const theirs = mine === 'p1' ? 'p2' : 'p1';
  const seconds = timeline.recording.matchMs / 1000;
  const times = ticksUpTo(seconds, 4);
  return (
    <g transform={`translate(${x} ${y})`}>
      {ticksUpTo(top, 3).map((points) => {
        const level = height - (points / top) * height;
        return (
          <g key={points}>
            <path class="picture__grid" d={`M0 ${level}H${width}`} />
            <text class="picture__points" x="-12" y={level + 7} font-size="20">
              {formatNumber(points)}
            </text>
          </g>
        );
      })}
      {times.map((time) => (
        <text key={time} class="picture__time" x={(time / seconds) * width} y={height + 34} font-size="20">
          {time === times.at(-1) ? texts.value.result.curve.seconds(time) : time}
        </text>
      ))}
      <path class="picture__line picture__line--theirs" d={pathOf(lines[theirs])} />
      <path class="picture__line picture__line--mine" d={pathOf(lines[mine])} />
      {goldens.map((golden) => (
        <circle key={golden.id} class="picture__golden" cx={golden.x} cy={golden.y} r="10" />
      ))}
    </g>
  );
}
