/** How the cookie and the "+1"s move: pure, but for the dice. `still` is for players who want less motion. */

/** As `element.animate` takes it. */
export type Motion = [Keyframe[], KeyframeAnimationOptions];

/** A place in per cent of an element. */
export interface Spot {
  x: number;
  y: number;
}

/** The cookie gives way under a press: down, and tilted to where it was pressed. */
export function squashAt({ x, y }: Spot, still: boolean): Motion {
  const tilt = still ? 0 : 0.28;
  const rotation = `rotateX(${(50 - y) * tilt}deg) rotateY(${(x - 50) * tilt}deg)`;
  const pressed = `perspective(700px) ${rotation} scale(.94)`;
  return [
    [{ transform: pressed }, { transform: pressed, offset: 0.3 }, { transform: 'none' }],
    { duration: 170, easing: 'ease-out' },
  ];
}

/** Crumbs fly off where the cookie is hit, and fall. They are one element: a puff of crumbs that grows. */
export function crumble({ x, y }: Spot, random: () => number = Math.random): Motion {
  const turn = Math.round(random() * 360);
  const puff = (down: number, scale: number) => `${at(x, y + down, scale)} rotate(${turn}deg)`;
  return [
    [
      { transform: puff(0, 0.25), opacity: 1, easing: 'cubic-bezier(0,.6,.5,1)' },
      { transform: puff(-1, 1), opacity: 1, offset: 0.5, easing: 'ease-in' },
      { transform: puff(6, 1.25), opacity: 0 },
    ],
    { duration: 480 },
  ];
}

/** An own click rises from where it was made. */
export function flightOfOwn({ x, y }: Spot, still: boolean, random: () => number = Math.random): Motion {
  const drift = still ? 0 : (random() - 0.5) * 12;
  const rise = still ? 0 : 26;
  return [
    [
      { transform: at(x, y, still ? 1 : 0.6), opacity: 1 },
      { transform: at(x + drift * 0.7, y - rise * 0.7, 1.1), opacity: 1, offset: 0.6 },
      { transform: at(x + drift, y - rise, 1.15), opacity: 0 },
    ],
    { duration: 750, easing: 'ease-out' },
  ];
}

/** A click that somebody else made comes in from their side, an opponent's from the right, and lands on the cookie. */
export function flightOfOpponent(
  still: boolean,
  side: 'left' | 'right' = 'right',
  random: () => number = Math.random,
): Motion {
  const across = (x: number) => (side === 'right' ? x : 100 - x);
  const x = across(44 + random() * 22);
  const y = 34 + random() * 32;
  const from = still ? { x, y } : { x: across(101), y: 12 + random() * 76 };
  return [
    [
      { transform: at(from.x, from.y, 0.7), opacity: 0 },
      {
        transform: at(from.x + (x - from.x) * 0.1, from.y + (y - from.y) * 0.1, 0.9),
        opacity: 1,
        offset: 0.15,
      },
      { transform: at(x, y, 1), opacity: 1, offset: 0.75 },
      { transform: at(x, y, 0.4), opacity: 0 },
    ],
    { duration: 850, easing: 'cubic-bezier(.3,.1,.4,1)' },
  ];
}

/** In per cent of the field. */
const at = (x: number, y: number, scale: number) =>
  `translate(${x}cqw, ${y}cqh) translate(-50%, -50%) scale(${scale})`;

/** An eye shuts and opens. */
export const blink: Motion = [
  [{ transform: 'none' }, { transform: 'scaleY(.06)' }, { transform: 'none' }],
  { duration: 170 },
];

/** Something is felt: it jumps up a little. @param delay in ms */
export function bump(scale = 1.14, delay = 0): Motion {
  return [
    [{ transform: 'none' }, { transform: `scale(${scale})`, offset: 0.3 }, { transform: 'none' }],
    { duration: 110 * scale ** 4, delay },
  ];
}

/** From the middle of one box to that of another, in a curve, and smaller there. Both in px of the window. */
export function flightHome(from: DOMRect, to: DOMRect): Motion {
  const [a, b] = [centre(from), centre(to)];
  const step = (x: number, y: number, scale: number) =>
    `translate(${x}px, ${y}px) translate(-50%, -50%) scale(${scale})`;
  const size = to.width / from.width;
  return [
    [
      { transform: step(a.x, a.y, 1), opacity: 1, easing: 'ease-out' },
      {
        transform: step(a.x * 0.85 + b.x * 0.15, a.y - from.height * 0.4, 1.3),
        opacity: 1,
        offset: 0.3,
        easing: 'ease-in',
      },
      { transform: step(b.x, b.y, size), opacity: 1, offset: 0.95 },
      { transform: step(b.x, b.y, size), opacity: 0 },
    ],
    { duration: 750 },
  ];
}

const centre = ({ left, top, width, height }: DOMRect): Spot => ({
  x: left + width / 2,
  y: top + height / 2,
});
