import { html } from 'hono/html';
import type { Overview } from './overview.ts';
import { type Html, jobsSection, matchesSection, servicesSection, waitingSection } from './sections.ts';

/** How often the page is read anew, in seconds. */
const refreshSeconds = 5;

interface PageOptions {
  overview: Overview;
  /** As in the logs. */
  instance: string;
  /** What keeps this gateway from being ready. */
  problems: string[];
  /** Whether the page stays as it is. */
  isStill: boolean;
}

/** The operator's page. It has no script: the browser reads it anew every few seconds. */
export function page({ overview, instance, problems, isStill }: PageOptions): Html {
  const time = new Date(overview.now).toISOString().slice(11, 19);
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    ${isStill ? '' : html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
    <title>Overcookied operations</title>
    <link rel="icon" type="image/svg+xml" href="/favicon.svg">
    <link rel="stylesheet" href="/ops/style.css">
  </head>
  <body>
    <header>
      <h1>Overcookied operations</h1>
      <p>
        <span>${time} UTC, seen by ${instance}</span>
        ${isStill ? html`<a href="/ops">Go on refreshing</a>` : html`<a href="/ops?still">Hold still</a>`}
        <a href="/ops/board">BullMQ’s board</a>
      </p>
    </header>
    ${problems.map((problem) => html`<p class="alarm" role="alert">This gateway is not ready: ${problem}</p>`)}
    <main>
      ${servicesSection(overview.services)} ${waitingSection(overview.waiting)}
      ${matchesSection(overview.matches, overview.now)} ${jobsSection(overview.jobs)}
    </main>
  </body>
</html>`;
}
