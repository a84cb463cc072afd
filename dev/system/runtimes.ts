import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const runtimes = ['node', 'bun', 'deno'] as const;
export type Runtime = (typeof runtimes)[number];

/** V8's young generation would grow to 128 MB over some minutes otherwise, much like a leak. */
const youngGeneration = '--max-semi-space-size=16';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * Where npm puts them: not in `.bin`, where without install scripts there is nothing for Bun, and for Deno a wrapper that
 * passes on no signals. Bun's install script moves it to the second place.
 */
const places = {
  bun: ['@oven/bun-*/bin/bun', 'bun/bin/bun.exe'],
  deno: ['@deno/*/deno'],
};

/** How a TypeScript file is started on each runtime, as `docs/runtimes.md` says it. */
const commands = {
  node: { find: () => process.execPath, args: [youngGeneration] },
  bun: { find: () => findInstalled('bun'), args: [] },
  deno: {
    find: () => findInstalled('deno'),
    // Neither to write files, nor to run programs, nor to call into libraries.
    args: [
      ...['run', '--allow-net', '--allow-env', '--allow-sys', '--allow-read'],
      `--v8-flags=${youngGeneration}`,
    ],
  },
} satisfies Record<Runtime, { find: () => string; args: string[] }>;

/**
 * What to start a TypeScript file with.
 *
 * @param preloads files to run before it
 * @throws Error when the runtime is not installed
 */
export function startCommand(
  runtime: Runtime,
  script: string,
  ...preloads: string[]
): { program: string; args: string[] } {
  const { find, args } = commands[runtime];
  return { program: find(), args: [...args, ...preloads.flatMap((file) => ['--import', file]), script] };
}

/**
 * The runtime that `RUNTIME` names; Node where it is not set.
 *
 * @throws Error when it is none of them
 */
export function readRuntime(env: NodeJS.ProcessEnv): Runtime {
  const runtime = runtimes.find((each) => each === (env.RUNTIME || 'node'));
  if (runtime) return runtime;
  throw new Error(`RUNTIME must be ${runtimes.join(', ')}, and is ${env.RUNTIME}.`);
}

function findInstalled(name: keyof typeof places): string {
  for (const place of places[name]) {
    const [program] = globSync(`${packages}/${place}`);
    if (program) return program;
  }
  throw new Error(`${name} is not installed: npm ci brings it, unless told to leave out optional packages`);
}
