import { appendFile, cp, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { runCommand } from '../../dev/system/command.ts';
import { makeLocalSecrets } from '../local-secrets.ts';
import type { Manifest, Overlay } from './manifest.ts';
import type { Problem } from './problem.ts';

/** Where the manifests are. */
export const manifests = fileURLToPath(new URL('..', import.meta.url));

const originAnnotation = 'config.kubernetes.io/origin';

/** No manifests, and what only this checkout has: the check is to say the same everywhere. */
const left = ['check', 'secret.env'];

/**
 * Copies the manifests to a temporary folder, where the secrets of the local overlay are made for them, so that a fresh
 * clone can be rendered.
 *
 * @returns the copy's path, for the caller to remove
 */
export async function copyManifests(from = manifests): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'overcookied-k8s-')), 'k8s');
  await cp(from, folder, { recursive: true, filter: (path) => !left.includes(basename(path)) });
  await makeLocalSecrets(folder);
  for (const overlay of await overlayNames(folder)) {
    // Each object then says which file it is from.
    await appendFile(
      join(folder, 'overlays', overlay, 'kustomization.yaml'),
      '\nbuildMetadata: [originAnnotations]\n',
    );
  }
  return folder;
}

export const overlayNames = async (folder: string): Promise<string[]> =>
  (await readdir(join(folder, 'overlays'))).sort();

/**
 * Renders an overlay of such a copy.
 *
 * @returns what it renders to, or kustomize's reason why it does not
 */
export async function render(kubectl: string, folder: string, name: string): Promise<Overlay | Problem> {
  const root = join(folder, 'overlays', name);
  try {
    const yaml = await runCommand(kubectl, ['kustomize', root]);
    const objects = parseAllDocuments(yaml).map((document) => inOneLine(document.toJS() as Manifest));
    return {
      name,
      manifests: objects.map((object) => ({ ...object, origin: takeOrigin(object, root, folder) })),
    };
  } catch (error) {
    const text = (error as Error).message
      .replaceAll(`${folder}/`, 'k8s/')
      .replace(/^.*?command failed" err=/s, '');
    return { where: `k8s/overlays/${name}`, text: `cannot be rendered: ${text}` };
  }
}

/** kustomize breaks a Secret's values into lines, which Kubernetes takes and the schema does not. */
function inOneLine(object: Manifest & { data?: Record<string, string> }): Manifest {
  if (object.kind !== 'Secret') return object;
  const entries = Object.entries(object.data ?? {}).map(([key, value]) => [key, value.replaceAll('\n', '')]);
  return { ...object, data: Object.fromEntries(entries) } as Manifest;
}

/** The file that an object is from; the annotation that says so is taken off. */
function takeOrigin(object: Manifest, root: string, folder: string): string {
  const { [originAnnotation]: origin = '', ...annotations } = object.metadata.annotations ?? {};
  if (Object.keys(annotations).length > 0) object.metadata.annotations = annotations;
  else delete object.metadata.annotations;
  const { path, configuredIn } = (parse(origin) ?? {}) as { path?: string; configuredIn?: string };
  const overlay = relative(folder, root);
  const file = path ?? configuredIn;
  return file ? `k8s/${relative(folder, join(root, file))} (${overlay})` : `k8s/${overlay}`;
}
