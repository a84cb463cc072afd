import { useState } from 'preact/hooks';

const crumbs = 44;
const kinds = ['dough', 'chip', 'gold', 'icing'] as const;

/** Crumbs that fall once, over everything and in nobody's way. Whoever wants less motion has none (see the styles). */
export function CrumbRain() {
  const [pieces] = useState(() =>
    Array.from({ length: crumbs }, (_, index) => ({
      index,
      kind: kinds[index % kinds.length],
      style: {
        '--left': `${between(0, 100)}%`,
        '--drift': `${between(-12, 12)}vw`,
        '--turn': `${between(-900, 900)}deg`,
        '--size': `${between(8, 20)}px`,
        '--delay': `${between(0, 1_100)}ms`,
        '--fall': `${between(1_900, 3_400)}ms`,
      },
    })),
  );
  return (
    <div class="crumb-rain" aria-hidden="true" data-testid="crumb-rain">
      {pieces.map(({ index, kind, style }) => (
        <i key={index} class={`crumb crumb--${kind}`} style={style} />
      ))}
    </div>
  );
}

const between = (least: number, most: number): number => Math.round(least + Math.random() * (most - least));
