import type { Spot } from '../arena/motion.ts';

const dough =
  'M197,100C197 108.9 193.5 118 190.8 126.7C188.2 135.3 185.6 144.3 181 152C176.4 159.8 170.1 167.2 163.2 172.9C156.3 178.7 147.8 182.9 139.5 186.6C131.3 190.2 122.5 193.2 113.6 194.7C104.7 196.1 95.2 196.6 86.3 195.2C77.5 193.8 68.6 190.4 60.5 186.5C52.4 182.6 44.5 177.7 37.7 171.9C30.9 166.1 24.4 159.2 19.6 151.7C14.7 144.2 11.1 135.5 8.6 126.8C6.1 118.2 4.6 108.9 4.6 100C4.7 91.1 6.5 81.9 8.9 73.3C11.3 64.6 14.2 55.5 18.9 47.9C23.6 40.2 30.2 33.2 37.1 27.4C44 21.7 52.2 17 60.4 13.4C68.7 9.8 77.6 7.3 86.4 5.7C95.3 4.2 104.9 2.9 113.8 4.1C122.6 5.4 131.4 9.4 139.6 13.3C147.7 17.2 156.1 21.7 162.7 27.6C169.4 33.5 174.9 41.2 179.6 48.8C184.4 56.4 188.2 64.7 191.1 73.2C194 81.8 197 91.1 197 100Z';
const chip =
  'M8.1,0C8.2 2.1 7 5.6 5.4 6.8C3.8 8 0.4 7.8 -1.7 7.2C-3.7 6.7 -5.8 5.3 -7 3.4C-8.1 1.5 -9.5 -2.2 -8.7 -4.2C-7.9 -6.1 -4.1 -8.1 -1.9 -8.3C0.3 -8.6 3 -7.2 4.6 -5.8C6.3 -4.4 8 -2.1 8.1 0Z';

/** Where each chip lies, how it is turned, and its size; the first three would lie on a face. */
const chips = [
  [84, 88, 310, 1.45],
  [128, 100, 50, 1.1],
  [98, 136, 10, 1],
  [58, 52, 20, 1.25],
  [104, 38, 80, 1.05],
  [148, 58, 140, 1.3],
  [34, 98, 200, 1],
  [168, 104, 250, 1.05],
  [54, 140, 100, 1.3],
  [140, 146, 290, 1.4],
  [92, 172, 170, 0.95],
] as const;

const cracks = [
  'M70 64c6 4 5 9 12 11',
  'M116 62c5-2 9 3 14 1',
  'M62 110c5 3 3 8 9 10',
  'M112 118c5 1 8 6 13 5',
  'M150 84c3 4 8 3 9 8',
];
const crumbs = [
  [80, 58],
  [126, 78],
  [50, 78],
  [108, 64],
  [72, 118],
  [120, 164],
  [156, 124],
  [112, 152],
  [38, 122],
  [76, 152],
  [134, 34],
  [172, 82],
] as const;

interface Cookie {
  /** Keeps the gradients of several cookies on one page apart. */
  id: string;
  golden?: boolean;
  /** Leaves the middle free for a face. */
  face?: boolean;
  /** The middles of holes bitten into it. */
  holes?: readonly Spot[] | undefined;
}

/** A cookie, plain or golden. */
export function CookieArt({ id, golden = false, face = false, holes }: Cookie) {
  const fill = `url(#${id}-dough)`;
  return (
    <svg
      class={golden ? 'cookie-art cookie-art--golden' : 'cookie-art'}
      viewBox="0 0 200 200"
      aria-hidden="true"
    >
      <defs>
        <radialGradient id={`${id}-dough`} cx="42%" cy="36%" r="68%">
          <stop class="dough-light" offset="0" />
          <stop class="dough-middle" offset=".58" />
          <stop class="dough-dark" offset=".88" />
          <stop class="dough-edge" offset="1" />
        </radialGradient>
        {face && (
          <radialGradient id={`${id}-hot`}>
            <stop offset=".5" stop-color="#ff5400" stop-opacity="0" />
            <stop offset="1" stop-color="#ff4a00" />
          </radialGradient>
        )}
        {holes && (
          <mask id={`${id}-bites`}>
            <path fill="#fff" d="M-10-10h220v230h-220z" />
            {holes.map(({ x, y }) => (
              <circle key={`${x} ${y}`} cx={x} cy={y} r="13" />
            ))}
          </mask>
        )}
      </defs>
      <g mask={holes && `url(#${id}-bites)`}>
        <path class="dough-side" d={dough} transform="translate(0 6)" />
        <path d={dough} fill={fill} />
        {face && <path class="dough-hot" d={dough} fill={`url(#${id}-hot)`} />}
        <path class="dough-shine" d="M38 74C48 44 76 24 108 23" />
        {(face ? [] : cracks).map((d) => (
          <path key={d} class="dough-crack" d={d} />
        ))}
        {crumbs.map(([x, y]) => (
          <circle key={`${x} ${y}`} class="dough-crumb" cx={x} cy={y} r="1.7" />
        ))}
        {chips.slice(face ? 3 : 0).map(([x, y, turn, size]) => (
          <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}>
            <path
              class="chip-shade"
              d={chip}
              transform={`translate(0 2) rotate(${turn}) scale(${size * 1.12})`}
            />
            <path class="chip" d={chip} transform={`rotate(${turn}) scale(${size})`} />
            <ellipse
              class="chip-shine"
              cx={-3 * size}
              cy={-3.4 * size}
              rx={2.2 * size}
              ry={1.3 * size}
              transform="rotate(-35)"
            />
          </g>
        ))}
      </g>
    </svg>
  );
}
