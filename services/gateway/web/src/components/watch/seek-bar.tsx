import { useComputed } from '@preact/signals';
import { formatDuration } from '../../format.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { watching } from '../../state/watching.ts';
import { texts } from '../../texts/texts.ts';

/** Where the replay is, and the golden cookies on the way: those of the left side above the bar, of the right below it. */
export function SeekBar({ timeline }: { timeline: Timeline }) {
  const { end, recording } = timeline;
  const share = (at: number) => (end > 0 ? at / end : 1);
  const style = useComputed(() => `--share: ${share(watching.at.value).toFixed(4)}`);
  const second = useComputed(() => Math.floor(watching.at.value / 1000));
  const [now, whole] = [second.value, end / 1000].map((seconds) => formatDuration(Math.floor(seconds)));
  return (
    <div class="seek">
      <div class="seek__bar" style={style}>
        {recording.goldens.map(({ id, at, claim }) => (
          <span
            key={id}
            class={`seek__golden seek__golden--${claim?.by ?? 'nobody'}`}
            style={{ left: `${100 * share(Math.min(claim?.at ?? at, end))}%` }}
            data-testid="golden-mark"
          />
        ))}
        <input
          type="range"
          min={0}
          max={end}
          step="any"
          value={watching.at}
          aria-label={texts.value.watch.seek}
          aria-valuetext={texts.value.watch.seekAt(now ?? '', whole ?? '')}
          data-testid="seek"
          onInput={(event) => watching.seek(event.currentTarget.valueAsNumber)}
        />
      </div>
      <span class="seek__time" data-testid="replay-time">
        {now} / {whole}
      </span>
    </div>
  );
}
