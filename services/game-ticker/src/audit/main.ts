/** What `npm run audit` runs: proves that what is recorded adds up, or names the first thing that does not. */
import { parseArgs } from 'node:util';
import { commonConfig, readConfig } from '@overcookied/shared/config.ts';
import { resultsQueueToLookAt } from '@overcookied/shared/jobs.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { closeValkey, connectValkey, type Valkey, valkeyAddress } from '@overcookied/shared/valkey.ts';
import * as z from 'zod/mini';
import { countResults, isOpen, retryFailed } from '../results-queue.ts';
import { audit } from './audit.ts';
import { reportText } from './report-text.ts';

const usage = `npm run audit                    proves that players' totals, histories and leaderboards add up
npm run audit -- --retry-failed  has the results that failed for good recorded again

It reads RECORDS_URL, or else VALKEY_URL. Exit code 0: everything adds up; 1: there is a difference; 2: it could not be
looked at.
`;
const connectWithinMs = 5_000;

/** @returns the exit code */
async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { 'retry-failed': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { VALKEY_URL, RECORDS_URL } = commonConfig(0);
  const config = readConfig(z.object({ VALKEY_URL, RECORDS_URL }));
  const url = config.RECORDS_URL ?? config.VALKEY_URL;
  const log = createLog('audit', 'silent');
  const records = connectValkey(url, log);
  const producer = connectValkey(url, log);
  try {
    await Promise.all([records, producer].map(reached));
    const queue = resultsQueueToLookAt(producer, log);
    if (values['retry-failed']) {
      const retried = await retryFailed(queue);
      process.stdout.write(`${retried} failed ${retried === 1 ? 'result is' : 'results are'} tried again\n`);
      return 0;
    }
    const startedAt = performance.now();
    const report = await audit(records, { isUnderWay: (gameId) => isOpen(queue, gameId) });
    process.stdout.write(reportText(report, await countResults(queue), performance.now() - startedAt));
    return report.difference ? 1 : 0;
  } catch (error) {
    throw new Error(`${valkeyAddress(url)} ${(error as Error).message}`);
  } finally {
    await Promise.all([records, producer].map(closeValkey));
  }
}

/** Resolves when it can be used. @throws Error that says why it cannot, at the first try that fails */
function reached(valkey: Valkey): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = (reason: string) => reject(new Error(`cannot be reached: ${reason}`));
    const timer = setTimeout(() => give(`no answer within ${connectWithinMs} ms`), connectWithinMs);
    const settle = (outcome: () => void) => () => {
      clearTimeout(timer);
      outcome();
    };
    valkey.once('ready', settle(resolve));
    // Given up because the other connection could not be made.
    valkey.once('end', () => clearTimeout(timer));
    valkey.once('error', (error: Error) => settle(() => give(error.message || error.name))());
  });
}

try {
  process.exitCode = await run();
} catch (error) {
  const { message } = error as Error;
  process.stderr.write(`audit: ${message}\n`);
  process.exitCode = 2;
}
