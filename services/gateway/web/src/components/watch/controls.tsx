import { useEffect } from 'preact/hooks';
import type { Timeline } from '../../replay/timeline.ts';
import { speeds, watching } from '../../state/watching.ts';
import { texts } from '../../texts/texts.ts';
import { SeekBar } from './seek-bar.tsx';

/** An arrow key goes so far, in ms; in a short match less, so that it takes some to the end. */
const stepMs = 5_000;
const leastSteps = 10;

/** Starts and stops the replay, goes to another moment of it, and makes it faster. */
export function Controls({ timeline }: { timeline: Timeline }) {
  const isPlaying = watching.isPlaying.value;
  const words = texts.value.watch;
  useKeys(timeline);
  return (
    <section class="controls panel" aria-label={words.controls}>
      <button
        id="play-replay"
        class="button button--icon"
        type="button"
        data-testid="play-replay"
        aria-label={isPlaying ? words.pause : watching.isAtEnd.value ? words.again : words.play}
        onClick={toggle}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true" fill="currentColor">
          <path d={isPlaying ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 3.5v17l14-8.5z'} />
        </svg>
      </button>
      <SeekBar timeline={timeline} />
      <fieldset class="controls__speeds" aria-label={words.speed}>
        {speeds.map((speed) => (
          <button
            key={speed}
            class="controls__speed"
            type="button"
            aria-pressed={watching.speed.value === speed}
            data-testid={`speed-${speed}`}
            onClick={() => {
              watching.speed.value = speed;
            }}
          >
            {words.times(speed)}
          </button>
        ))}
      </fieldset>
    </section>
  );
}

function toggle(): void {
  if (watching.isPlaying.value) watching.pause();
  else watching.play();
}

/** The space bar and the arrow keys work wherever the focus is, but where they have work of their own. */
function useKeys({ end }: Timeline): void {
  useEffect(() => {
    const step = Math.min(stepMs, end / leastSteps);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const target = event.target as HTMLElement;
      const isSeekBar = target.matches('input[type=range]');
      if (!isSeekBar && target.matches('input')) return;
      if (event.key === ' ' && !target.closest('button, a')) {
        // A key that is held down is one press.
        if (!event.repeat) toggle();
      } else if (event.key === 'ArrowRight' || (isSeekBar && event.key === 'ArrowUp'))
        watching.seek(watching.at.value + step);
      else if (event.key === 'ArrowLeft' || (isSeekBar && event.key === 'ArrowDown'))
        watching.seek(watching.at.value - step);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [end]);
}
