import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { flag, number, readOptions as read } from '../../bench/src/options.ts';
import { serviceNames } from './service-names.ts';

const environmentsFolder = fileURLToPath(new URL('../../infra/environments', import.meta.url));

/** Each environment has a folder with what Terraform must be told. */
export function findEnvironments(): string[] {
  const entries = readdirSync(environmentsFolder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

const usage = (
  environments: string[],
) => `Deploys the commit that is checked out, and goes back if it does not do well.

  npm run deploy -- --env ${environments[0] ?? 'NAME'} [options]

  --env NAME       where to: ${environments.join(', ')}
  --service NAME   only this service: ${serviceNames.join(', ')} (default: all)
  --timeout N      minutes that each roll-out, and the game's address, may take, 0.01 to 60 (default 10)
  --platform NAME  what the cluster's nodes run: linux/amd64 (default) or linux/arm64
  --dry-run        prints every step and command, and runs none of them
  --help           this text

The exit code is 0 if it is deployed; 1 if not, and the cluster is as it was; 2 if the command line is wrong;
3 if not, and the cluster is not as it was: the last lines say how it stands.
`;

const oneOf = <const Name extends string>(names: readonly Name[], byDefault = '') =>
  z.pipe(
    z._default(z.string(), byDefault),
    z.transform((text, context): Name => {
      const found = names.find((name) => name === text);
      if (found !== undefined) return found;
      const message = `must be one of ${names.join(', ')}, ${text ? `got "${text}"` : 'and is missing'}`;
      context.issues.push({ code: 'custom', message, input: text });
      return text as Name;
    }),
  );

/** What the command line asks for. */
export interface Options {
  env: string;
  /** Undefined for all. */
  service: (typeof serviceNames)[number] | undefined;
  /** Minutes. */
  timeout: number;
  platform: 'linux/amd64' | 'linux/arm64';
  'dry-run': boolean;
}

/** @throws OptionsError, HelpAsked */
export function readOptions(args: string[], environments: string[]): Options {
  const schema = z.object({
    env: oneOf(environments),
    service: z.optional(oneOf(serviceNames)),
    timeout: z._default(number({ least: 0.01, most: 60 }), 10),
    platform: oneOf(['linux/amd64', 'linux/arm64'], 'linux/amd64'),
    'dry-run': flag,
  });
  const { service, ...others } = read(args, schema, usage(environments));
  return { ...others, service };
}
