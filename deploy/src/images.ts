import { CommandError, command } from './command.ts';
import type { Outputs } from './outputs.ts';
import type { ServiceName } from './service-names.ts';
import type { Shell } from './shell.ts';

export interface Image {
  service: ServiceName;
  /** Its address in the registry, with the revision as tag. */
  reference: string;
  revision: string;
}

export function imageOf(service: ServiceName, { repositories }: Outputs, revision: string): Image {
  return { service, reference: `${repositories[service]}:${revision}`, revision };
}

/**
 * Builds an image and pushes it, unless the registry has it: its tags never change.
 *
 * @param platform as in `linux/amd64`
 */
export async function provideImage(shell: Shell, image: Image, platform: string): Promise<void> {
  const { service, reference, revision } = image;
  shell.begin(`Image of ${service}, unless the registry has it`);
  if (await isThere(shell, reference)) {
    shell.say('It is there.');
    return;
  }
  const buildArgs = { SERVICE: service, REVISION: revision };
  await shell.run(
    command(
      'docker',
      'buildx',
      'build',
      `--platform=${platform}`,
      ...Object.entries(buildArgs).map(([name, value]) => `--build-arg=${name}=${value}`),
      `--tag=${reference}`,
      '--load',
      '.',
    ),
  );
  await explainingLogin(reference, shell.run(command('docker', 'push', reference)));
}

async function isThere(shell: Shell, reference: string): Promise<boolean> {
  const inspect = shell.read(
    command('docker', 'buildx', 'imagetools', 'inspect', reference),
    () => true,
    false,
  );
  try {
    return await explainingLogin(reference, inspect);
  } catch (error) {
    // Whatever else is wrong (nobody logged in, no network) must not look like an image that is not there.
    if (error instanceof CommandError && error.stderr.includes(`${reference}: not found`)) return false;
    throw error;
  }
}

const refusals = /denied|unauthorized|no basic auth|authorization token has expired|40[13] /i;

async function explainingLogin<T>(reference: string, asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof CommandError) || !refusals.test(error.stderr)) throw error;
    const [registry] = reference.split('/');
    throw new Error(`${error.message}\ndocker is not logged in to ${registry}: docs/deploy.md says how`, {
      cause: error,
    });
  }
}
