/**
 * What `npm run slow` runs: a crowd asks the gateways for more and more while others play, first one that reads the
 * answers and then one that does not. It tells what the difference is to those who play, and to the gateway's memory.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startValkey } from '../../dev/valkey/valkey.ts';
import { percentile } from '../rolling/gaps.ts';
import { allOver, letClick, tally } from '../support/clickers.ts';
import { number, OptionsError, parse } from '../support/command-line.ts';
import { sampleOf, valueIn } from '../support/metric.ts';
import { TestService } from '../support/service.ts';
import { Crowd } from './crowd.ts';

const usage = `Measures what clients that never read cost a gateway and those who play there.

  npm run slow -- [options]

  --clients N   how many there are, 1 to 10000 (default 1000)
  --first N     how often each asks for an answer before anybody plays, 1 to 100000 (default 500)
  --asks N      how often each asks from then on, a second, 1 to 1000 (default 5)
  --seconds N   how long the others play, 5 to 300 (default 15)
  --help        this text

Over the loopback interface the system takes some 4 MB for each before anything waits in the gateway. With buffers as
on the internet it is less, as root, in a network of its own:

  unshare --net sh -c 'ip link set lo up; cd /proc/sys/net/ipv4; echo 4096 8192 8192 | tee tcp_rmem tcp_wmem;
    cd "$OLDPWD"; npm run slow'
`;

/** Pairs who play meanwhile. */
const pairs = 10;
const clickEveryMs = 100;
const lookEveryMs = 250;
const portion = 50;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else await measure(options);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
process.exit();

interface Options {
  clients: number;
  first: number;
  asks: number;
  seconds: number;
}

/** @throws OptionsError */
function readOptions(args: string[]): Options | 'help' {
  const values = parse(args, ['clients', 'first', 'asks', 'seconds']);
  if (values === 'help') return 'help';
  const read = (name: keyof typeof values, fallback: number, least: number, most: number) =>
    number(name, values[name], fallback, { least, most, step: 1 });
  return {
    clients: read('clients', 1_000, 1, 10_000),
    first: read('first', 500, 1, 100_000),
    asks: read('asks', 5, 1, 1_000),
    seconds: read('seconds', 15, 5, 300),
  };
}

async function measure(options: Options): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-slow-'));
  const valkey = await startValkey({ dir, persist: false });
  try {
    for (const reads of [true, false]) {
      const figures = await withServices(valkey.url, options, (gateway) => phase(gateway, options, reads));
      print(`${options.clients} clients that ${reads ? 'read' : 'never read'}:`);
      for (const [name, value] of Object.entries(figures)) print(`  ${name.padEnd(44)} ${value}`);
    }
  } finally {
    await valkey.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** A gateway of its own for each crowd: memory that was once used is not given back at once. */
async function withServices<T>(
  valkeyUrl: string,
  { seconds }: Options,
  work: (gateway: string) => Promise<T>,
): Promise<T> {
  const env = {
    VALKEY_URL: valkeyUrl,
    JWT_SECRET: 'a secret of the slow clients known to all',
    RULES: JSON.stringify({ countdownMs: 300, matchMs: seconds * 1_000, goldenGapMs: [600_000, 600_000] }),
    LIMITS: JSON.stringify({ framesPerSecond: 1_000_000, frameBurst: 1_000_000 }),
  };
  const gateway = new TestService('gateway', env);
  const services = [gateway, new TestService('matchmaker', env), new TestService('game-ticker', env)];
  try {
    await Promise.all(services.map((service) => service.ready()));
    return await work(gateway.url);
  } finally {
    await Promise.all(services.map((service) => service.stop('SIGKILL')));
  }
}

async function phase(
  gateway: string,
  { clients, first, asks }: Options,
  reads: boolean,
): Promise<Record<string, string | number>> {
  const crowd = await Crowd.open(gateway, clients);
  if (reads) crowd.read();
  const before = await scrape(gateway);
  const seen: Scrape[] = [];
  const looking = setInterval(() => void scrape(gateway).then((each) => seen.push(each)), lookEveryMs);
  // In portions, since whoever reads is to have the time to.
  for (let asked = 0; asked < first; asked += portion) await crowd.ask(portion);
  const clickers = await letClick([gateway], 2 * pairs, { clickEveryMs });
  const asking = new AbortController();
  const asked = crowd.goOnAsking(asks, asking.signal);
  await allOver(clickers, 600_000);
  asking.abort();
  clearInterval(looking);
  await asked;
  crowd.close();
  for (const { player } of clickers) player.close();
  const clicks = tally(clickers);
  const latencies = clickers.flatMap((clicker) => clicker.latencies);
  // What a scrape leaves out is no number.
  const most = (read: (each: Scrape) => number) => Math.max(...seen.map(read).filter(Number.isFinite));
  const after = await scrape(gateway);
  return {
    'clicks made, counted': (['made', 'counted'] as const)
      .map((what) => clicks.reduce((sum, each) => sum + each[what], 0))
      .join(', '),
    'click to acknowledgement, ms: p50, p99, max': [0.5, 0.99, 1]
      .map((share) => percentile(latencies, share).toFixed(2))
      .join(', '),
    'memory before, at most, MB': [before.memory, most(({ memory }) => memory)]
      .map((bytes) => Math.round(bytes / 1e6))
      .join(', '),
    'more at most, a client, kB': ((most(({ memory }) => memory) - before.memory) / clients / 1e3).toFixed(1),
    'slow at once, at most': most(({ slow }) => slow),
    'closed since they read too slowly': after.closed - before.closed,
    'frames superseded': after.superseded - before.superseded,
  };
}

interface Scrape {
  memory: number;
  slow: number;
  closed: number;
  superseded: number;
}

async function scrape(gateway: string): Promise<Scrape> {
  const text = await (await fetch(`${gateway}/metrics`)).text();
  const read = (name: string) => sampleOf(text, name) ?? 0;
  return {
    memory: valueIn(text, 'process_resident_memory_bytes') ?? Number.NaN,
    slow: read('slow_clients'),
    closed: read('slow_closes_total'),
    superseded: read('frames_superseded_total'),
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
