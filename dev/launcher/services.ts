import { fileURLToPath } from 'node:url';
import { isFree } from '../system/ports.ts';

/** A process of the game, as `npm start` runs it. */
export interface ServiceSpec {
  name: string;
  port: number;
  /** Path of the TypeScript file to run. */
  script: string;
  /** What it alone has in its environment. */
  env?: Record<string, string>;
}

const defaultBase = 8_080;
const mostBase = 65_535 - 4;

const script = (service: string) =>
  fileURLToPath(new URL(`../../services/${service}/src/main.ts`, import.meta.url));

/** Whoever presses Ctrl-C waits for nobody to be sent elsewhere. */
const endsAtOnce = { DRAIN_DELAY_MS: '0', DRAIN_SPREAD_MS: '0' };

/** The game's processes, on five ports from this one on. */
export function servicesFrom(base: number): ServiceSpec[] {
  return [
    { name: 'gateway-1', port: base, script: script('gateway'), env: endsAtOnce },
    { name: 'matchmaker', port: base + 1, script: script('matchmaker') },
    { name: 'game-ticker', port: base + 2, script: script('game-ticker') },
    { name: 'gateway-2', port: base + 3, script: script('gateway'), env: endsAtOnce },
    {
      name: 'practice',
      port: base + 4,
      script: script('practice'),
      env: { GATEWAY_URL: `http://127.0.0.1:${base}` },
    },
  ];
}

/**
 * The first port to use, which is `PORT`.
 *
 * @throws Error when it is no number that has four more ports after it
 */
export function basePort(env: NodeJS.ProcessEnv): number {
  const base = env.PORT ? Number(env.PORT) : defaultBase;
  if (Number.isInteger(base) && base > 0 && base <= mostBase) return base;
  throw new Error(`PORT must be a whole number from 1 to ${mostBase}, and is ${env.PORT}.`);
}

/** @throws Error that says which port is taken, and what to type to use others */
export async function assertPortsFree(base: number): Promise<void> {
  const taken = await findTaken(base);
  if (taken === undefined) return;
  let other = base + 1_000;
  while (other <= mostBase && (await findTaken(other))) other += 1_000;
  const line = other <= mostBase ? `PORT=${other} npm start` : 'PORT=… npm start';
  throw new Error(`Port ${taken} is taken by another program. Stop it, or choose others: ${line}`);
}

async function findTaken(base: number): Promise<number | undefined> {
  for (const { port } of servicesFrom(base)) if (!(await isFree(port))) return port;
  return undefined;
}
