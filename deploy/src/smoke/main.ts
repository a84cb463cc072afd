/** What `npm run smoke` runs: one match of two bots through the front door, and whether it ended as a match must. */
import { setTimeout as sleep } from 'node:timers/promises';
import { summary } from '@overcookied/bot/report.ts';
import * as z from 'zod/mini';
import { HelpAsked, number, OptionsError, readOptions } from '../../../bench/src/options.ts';
import { playSmokeMatch } from './match.ts';
import { whatIsWrong } from './verdict.ts';

const usage = `Plays one match of two bots and judges it. They meet by a code, and never meet a player.

  npm run smoke -- --url https://play.example.org [options]

  --url URL     address of the game
  --wait N      seconds in which the address must begin to answer, 0 to 3600 (default 60)
  --help        this text

The exit code is 0 if the match ended rightly and every click counted, 1 if not, 2 if the command line is wrong.
`;

const Options = z.object({
  url: z.pipe(
    z._default(z.string(), ''),
    z.transform((text, context) => {
      const url = text.replace(/\/+$/, '');
      if (/^https?:\/\/[^/?#]+$/.test(url) && URL.canParse(url)) return url;
      const message = `must be an address like https://play.example.org, got "${text}"`;
      context.issues.push({ code: 'custom', message, input: text });
      return url;
    }),
  ),
  wait: z._default(number({ least: 0, most: 3_600 }), 60),
});

const startWithinMs = 30_000;
const askEveryMs = 1_000;
const answerWithinMs = 10_000;

try {
  const { url, wait } = readOptions(process.argv.slice(2), Options, usage);
  await untilAnswering(url, wait * 1_000);
  process.exitCode = await smoke(url);
} catch (error) {
  if (error instanceof HelpAsked) process.stdout.write(error.message);
  else {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = error instanceof OptionsError ? 2 : 1;
  }
}
process.exit();

/** @returns the exit code */
async function smoke(url: string): Promise<number> {
  print(`a match of two bots through ${url}`);
  const match = await playSmokeMatch({ url, startWithinMs, note: print });
  const wrong = whatIsWrong(match);
  process.stdout.write(summary(match.stats, match));
  for (const line of wrong) print(`WRONG: ${line}`);
  if (wrong.length === 0) print('the match ended rightly, every click counted, and it is recorded');
  return wrong.length > 0 ? 1 : 0;
}

/** A new load balancer and its name take minutes until everybody knows them. */
async function untilAnswering(url: string, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const trouble = await askForHealth(url);
    if (trouble === undefined) return;
    if (performance.now() > deadline) throw new Error(`${url} does not answer: ${trouble}`);
    await sleep(askEveryMs);
  }
}

/** @returns what is wrong */
async function askForHealth(url: string): Promise<string | undefined> {
  try {
    const { ok, status } = await fetch(`${url}/health`, { signal: AbortSignal.timeout(answerWithinMs) });
    return ok ? undefined : `GET /health says ${status}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? `${message}: ${cause.message}` : message;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
