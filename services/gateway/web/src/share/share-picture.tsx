import type { Role } from '@overcookied/shared/protocol.ts';
import type { Ref } from 'preact';
import { CookieArt } from '../components/cookie-art.tsx';
import { VerdictCookie } from '../components/result/verdict-cookie.tsx';
import { formatNumber } from '../format.ts';
import type { Timeline } from '../replay/timeline.ts';
import { apart } from '../texts/apart.ts';
import { texts } from '../texts/texts.ts';
import { fitBold as fit } from './fit-text.ts';
import { headline, winnerOf } from './headline.ts';
import { PictureChart } from './picture-chart.tsx';

/** As wide and as high as most sites show a picture in a link. */
export const size = { width: 1200, height: 630 };

interface Props {
  timeline: Timeline;
  /** The player's own side, which is on the left. */
  mine: Role;
  drawing: Ref<SVGSVGElement>;
}

/** Who won, how, and where to play: one drawing that says it all. */
export function SharePicture({ timeline, mine, drawing }: Props) {
  const theirs = mine === 'p1' ? 'p2' : 'p1';
  const { p1, p2 } = timeline.recording;
  const { score } = timeline.at(timeline.end);
  const words = texts.value.result.share;
  return (
    <svg
      ref={drawing}
      class="picture"
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={`${headline(timeline)} ${apart(p1.name)} ${formatNumber(score.p1)} : ${formatNumber(score.p2)} ${apart(p2.name)}`}
    >
      <Tablecloth />
      <svg
        class="picture__cookie"
        x="110"
        y="112"
        width="270"
        height="270"
        viewBox="0 0 200 200"
        aria-hidden="true"
      >
        <VerdictCookie id="picture" expression={winnerOf(timeline) === undefined ? 'shared' : 'proud'} />
      </svg>
      <Title timeline={timeline} />
      <Side name={timeline.recording[mine].name} score={score[mine]} whose="mine" />
      <Side name={timeline.recording[theirs].name} score={score[theirs]} whose="theirs" />
      <PictureChart timeline={timeline} mine={mine} x={540} y={250} width={550} height={210} />
      <svg x="76" y="548" width="40" height="40" viewBox="0 0 200 200" aria-hidden="true">
        <CookieArt id="picture-logo" />
      </svg>
      <text class="picture__logo" x="126" y="578" font-size="30">
        {texts.value.title}
      </text>
      <text class="picture__address" x="1124" y="578" font-size="28">
        {fit(`${words.play} ${location.host}`, 28, 760)}
      </text>
    </svg>
  );
}

/** A checked tablecloth, and a sheet of paper on it. */
function Tablecloth() {
  return (
    <>
      <pattern id="picture-checks" width="84" height="84" patternUnits="userSpaceOnUse">
        <rect class="picture__table" width="84" height="84" />
        <path class="picture__check" d="M0 0h42v84H0Z" />
        <path class="picture__check" d="M0 0h84v42H0Z" />
      </pattern>
      <rect width={size.width} height={size.height} fill="url(#picture-checks)" />
      <rect class="picture__shade" x="36" y="40" width="1128" height="566" rx="40" />
      <rect class="picture__paper" x="36" y="32" width="1128" height="566" rx="40" />
    </>
  );
}

/** Name and score, with a piece of the side's line. */
function Side({ name, score, whose }: { name: string; score: number; whose: 'mine' | 'theirs' }) {
  const isMine = whose === 'mine';
  const x = isMine ? 540 : 1090;
  return (
    <g class={`picture__side picture__side--${whose}`}>
      <text x={x} y="112" font-size="32">
        {apart(fit(name, 32, 255))}
      </text>
      <path class={`picture__line picture__line--${whose}`} d={`M${isMine ? x : x - 80} 130h80`} />
      <text x={x} y="212" font-size="84">
        {formatNumber(score)}
      </text>
    </g>
  );
}

/** Who won, in large letters, and the name in as many of them as there is room for. */
function Title({ timeline }: { timeline: Timeline }) {
  const words = texts.value.result.share;
  const winner = winnerOf(timeline);
  const lines = winner === undefined ? [words.draw] : [apart(fit(winner, 46, 370)), words.wins];
  return (
    <>
      {lines.map((line, index) => (
        <text
          key={line}
          class="picture__title"
          x="245"
          y={(lines.length > 1 ? 450 : 478) + index * 54}
          font-size="46"
        >
          {line}
        </text>
      ))}
    </>
  );
}
