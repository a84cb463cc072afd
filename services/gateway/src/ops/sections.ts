import type { SeenInstance } from '@overcookied/shared/instances/instances.ts';
import { signEveryMs } from '@overcookied/shared/instances/signs-of-life.ts';
import type { MatchState } from '@overcookied/shared/match/state.ts';
import { html } from 'hono/html';
import { duration } from './duration.ts';
import type { JobsView, MatchesView, Part, WaitingView } from './overview.ts';

export type Html = ReturnType<typeof html>;

/** Who has given no sign of life for so long is taken for dead, in ms. */
const deadAfterMs = 3 * signEveryMs;

/** Nobody can play without one of each. */
const needed = ['gateway', 'matchmaker', 'game-ticker'];

/** A part of the page; where its content could not be read, it says why. */
function section<T>(title: string, part: Part<T>, content: (value: T) => Html): Html {
  return html`<section>
    <h2>${title}</h2>
    ${'value' in part ? content(part.value) : html`<p class="bad">Cannot be read now: ${part.problem}</p>`}
  </section>`;
}

const figure = (name: string, value: string | number, isBad = false): Html =>
  html`<div class="figure ${isBad ? 'bad' : ''}"><dt>${name}</dt><dd>${value}</dd></div>`;

export const servicesSection = (part: Part<SeenInstance[]>): Html =>
  section('Services', part, (instances) => {
    const kinds = [...new Set([...needed, ...instances.map(({ service }) => service)])];
    return html`<table>
      <thead>
        <tr><th>Service</th><th>State</th><th>Has in hand</th><th class="wide">Runs for</th><th>Last sign</th><th class="wide">Revision</th></tr>
      </thead>
      ${kinds.map((kind) =>
        kindRows(
          kind,
          instances.filter(({ service }) => service === kind),
        ),
      )}
    </table>`;
  });

function kindRows(kind: string, instances: SeenInstance[]): Html {
  if (instances.length === 0) {
    return html`<tbody><tr><th scope="row">${kind}</th><td colspan="5"><span class="state bad">none runs</span></td></tr></tbody>`;
  }
  return html`<tbody>${instances.map(instanceRow)}</tbody>`;
}

function instanceRow({ name, host, revision, uptimeSeconds, silentMs, problems, load }: SeenInstance): Html {
  const isDead = silentMs > deadAfterMs;
  const state = isDead ? 'silent' : problems.length > 0 ? 'not ready' : 'ready';
  const inHand = Object.entries(load).map(([what, count]) => `${count} ${what}`);
  return html`<tr>
    <th scope="row">${name}<small>${host}</small></th>
    <td>
      <span class="state ${state === 'ready' ? 'good' : 'bad'}">${state}</span>
      ${isDead ? '' : problems.map((problem) => html`<small>${problem}</small>`)}
    </td>
    <td>${isDead ? '–' : inHand.join(', ') || '–'}</td>
    <td class="wide time">${duration(uptimeSeconds * 1_000)}</td>
    <td class="time ${isDead ? 'bad' : ''}">${duration(silentMs)} ago</td>
    <td class="wide"><code>${revision.slice(0, 12) || '–'}</code></td>
  </tr>`;
}

export const waitingSection = (part: Part<WaitingView>): Html =>
  section('Queue', part, ({ waiting, oldestMs, estimatedWaitMs, practice, latestMs, pending, modes }) => {
    const overdue = waiting > 1 && (oldestMs ?? 0) > 15_000;
    return html`<dl>
        ${figure('wait in the common queue', waiting)}
        ${figure('longest wait now', oldestMs === undefined ? '–' : duration(oldestMs), overdue)}
        ${figure('median of the latest', estimatedWaitMs === undefined ? '–' : duration(estimatedWaitMs))}
        ${figure('pairs to be announced', pending)}
        ${figure('practice bots', practice ? 'to be had' : 'none')}
      </dl>
      <p>Tickets: ${[...modes].map(([mode, count]) => `${count} ${mode}`).join(', ') || 'none'}.
        Latest waits: ${latestMs.map(duration).join(', ') || 'none in the last ten minutes'}.</p>`;
  });

export const matchesSection = (part: Part<MatchesView>, now: number): Html =>
  section('Matches', part, ({ shards, overdue, some }) => {
    const counts = shards.map((count) => count ?? 0);
    const most = Math.max(1, ...counts);
    const on = counts.reduce((sum, count) => sum + count, 0);
    return html`<dl>
        ${figure('are on', on)}
        ${figure('past their due time', overdue, overdue > on / 100)}
      </dl>
      <ol class="shards" aria-label="Matches by the set of due times that they are in">
        ${shards.map((count, shard) => shardBar(shard, count, most))}
      </ol>
      ${
        some.length === 0
          ? ''
          : html`<table>
        <thead><tr><th>Some of them</th><th class="wide">Mode</th><th>Score</th><th>Left</th></tr></thead>
        <tbody>${some.map((match) => matchRow(match, now))}</tbody>
      </table>`
      }`;
  });

const shardBar = (shard: number, count: number | undefined, most: number): Html =>
  html`<li title="set ${shard}: ${count ?? 'cannot be read'}" class="${count === undefined ? 'bad' : ''}">
    <meter min="0" max="${most}" value="${count ?? 0}"></meter><small>${count ?? '?'}</small>
  </li>`;

function matchRow(match: MatchState, now: number): Html {
  const left = Math.max(0, match.endsAt - Math.max(now, match.startsAt));
  const side = ({ name, score, awayUntil }: MatchState['p1']) =>
    html`<bdi>${name}</bdi> <b>${score}</b>${awayUntil ? html` <span class="bad">away</span>` : ''}`;
  return html`<tr>
    <th scope="row"><code>${match.roomId}</code></th>
    <td class="wide">${match.mode}</td>
    <td>${side(match.p1)} : ${side(match.p2)}</td>
    <td class="time">${match.over ? 'over' : duration(left)}</td>
  </tr>`;
}

export const jobsSection = (jobs: JobsView[]): Html =>
  html`<section>
    <h2>Jobs</h2>
    <table>
      <thead><tr><th>Queue</th><th>Wait</th><th>Active</th><th>Delayed</th><th>Failed</th></tr></thead>
      <tbody>${jobs.map(jobsRow)}</tbody>
    </table>
    <p>Results that failed are tried anew by <code>npm run audit -- --retry-failed</code>.</p>
  </section>`;

function jobsRow({ name, counts }: JobsView): Html {
  const link = html`<th scope="row"><a href="/ops/board/queue/${name}">${name}</a></th>`;
  if ('problem' in counts) {
    return html`<tr>${link}<td colspan="4" class="bad">Cannot be read now: ${counts.problem}</td></tr>`;
  }
  const { waiting, active, delayed, failed = 0 } = counts.value;
  return html`<tr>${link}<td>${waiting}</td><td>${active}</td><td>${delayed}</td>
    <td class="${failed > 0 ? 'bad' : ''}">${failed}</td></tr>`;
}
