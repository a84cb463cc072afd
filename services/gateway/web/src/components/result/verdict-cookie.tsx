import type { Expression as Kind } from '../../match/verdict.ts';
import { Expression } from '../arena/expression.tsx';
import { CookieArt } from '../cookie-art.tsx';

/** Where it breaks in two, each half with an eye. */
const halves = {
  left: 'M-20-40H108L92 30L112 64L88 104L110 140L92 176L104 240H-20Z',
  right: 'M220-40H108L92 30L112 64L88 104L110 140L92 176L104 240H220Z',
};
/** What is missing of the loser's. */
const bite = [
  { x: 136, y: 8 },
  { x: 152, y: 16 },
  { x: 148, y: 4 },
  { x: 168, y: 24 },
  { x: 178, y: 38 },
  { x: 176, y: 20 },
  { x: 188, y: 54 },
  { x: 192, y: 36 },
];

interface Props {
  /** As in `CookieArt`. */
  id: string;
  expression: Kind;
}

/** The cookie that both have baked, and what it makes of the result. */
export function VerdictCookie({ id, expression }: Props) {
  return (
    <svg class={`verdict verdict--${expression}`} viewBox="0 0 200 200" aria-hidden="true">
      {expression === 'shared' ? (
        <>
          <g transform="translate(-14 4) rotate(-6 100 200)">
            <Half id={`${id}-left`} outline={halves.left} />
          </g>
          <g transform="translate(14 4) rotate(6 100 200)">
            <Half id={`${id}-right`} outline={halves.right} />
          </g>
        </>
      ) : (
        <>
          <CookieArt id={id} face holes={expression === 'sad' ? bite : []} />
          <Expression kind={expression} />
        </>
      )}
    </svg>
  );
}

function Half({ id, outline }: { id: string; outline: string }) {
  return (
    <g clip-path={`url(#${id}-clip)`}>
      <clipPath id={`${id}-clip`}>
        <path d={outline} />
      </clipPath>
      <CookieArt id={id} face />
      <Expression kind="shared" />
    </g>
  );
}
