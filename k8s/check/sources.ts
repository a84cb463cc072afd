/** Faults of the files themselves, which rendering hides. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { alertsFile, alertsSource, observability, prometheusRule } from '../alerts.ts';
import { didYouMean, type Problem } from './problem.ts';

interface Kustomization {
  resources?: string[];
  components?: string[];
  patches?: { path?: string; target?: unknown }[];
  replacements?: { path?: string }[];
  configMapGenerator?: Generator[];
  secretGenerator?: Generator[];
}

interface Generator {
  name: string;
  envs?: string[];
  files?: string[];
  literals?: string[];
}

interface Source {
  /** Relative to the manifests' folder. */
  path: string;
  text: string;
}

/** The file that every overlay's secrets are in, which git ignores. */
const secretFile = 'secret.env';

/**
 * @param folder the manifests, or a copy
 * @param watching where alerts and dashboards are
 */
export async function sourceProblems(folder: string, watching = observability): Promise<Problem[]> {
  const sources = await readSources(folder);
  const kustomizations = sources.filter(({ path }) => path.endsWith('kustomization.yaml'));
  const listed = new Set(kustomizations.flatMap(filesOf));
  return [
    ...sources.flatMap((source) => (isApplied(source) && !listed.has(source.path) ? unlisted(source) : [])),
    ...kustomizations.flatMap(dangerousPatches),
    ...kustomizations.flatMap(openSecrets),
    ...sources.flatMap(writtenSecrets),
    ...clusterValues(sources),
    ...(await staleAlerts(folder, watching)),
    ...(await forgottenDashboards(watching)),
  ];
}

async function readSources(folder: string): Promise<Source[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile() && /\.(ya?ml|env|conf)$/.test(entry.name))
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: relative(folder, path), text: await readFile(path, 'utf8') };
      }),
  );
}

const problem = (path: string, text: string): Problem => ({ where: `k8s/${path}`, text });

/** What kind itself reads is applied to no cluster. */
const isApplied = ({ path, text }: Source) =>
  !path.endsWith('kustomization.yaml') && !text.includes('kind.x-k8s.io/');

function filesOf({ path, text }: Source): string[] {
  const { resources = [], patches = [], replacements = [], ...rest } = parse(text) as Kustomization;
  const generators = [...(rest.configMapGenerator ?? []), ...(rest.secretGenerator ?? [])];
  return [
    ...resources,
    ...patches.flatMap((patch) => patch.path ?? []),
    ...replacements.flatMap((replacement) => replacement.path ?? []),
    // A file may be given another name: `name=path`.
    ...generators.flatMap(({ envs = [], files = [] }) => [
      ...envs,
      ...files.map((file) => file.replace(/^.*=/, '')),
    ]),
  ].map((file) => normalize(join(dirname(path), file)));
}

/** kustomize leaves a file that nobody lists alone, as if it were not there. */
function unlisted({ path }: Source): Problem[] {
  return [
    problem(
      path,
      `no kustomization.yaml lists it, so that it does nothing; list it in ${dirname(path)}/kustomization.yaml`,
    ),
  ];
}

/** A patch that names its object itself fails where there is none; with a target it does nothing, without a word. */
function dangerousPatches({ path, text }: Source): Problem[] {
  const { patches = [] } = parse(text) as Kustomization;
  return patches
    .filter(({ target }) => target !== undefined)
    .map(() =>
      problem(
        path,
        'a patch with a target does nothing where the target is misspelt; name the object in the patch',
      ),
    );
}

function openSecrets({ path, text }: Source): Problem[] {
  const { secretGenerator = [] } = parse(text) as Kustomization;
  return secretGenerator
    .filter(
      ({ envs = [], files = [], literals = [] }) =>
        literals.length > 0 || files.length > 0 || envs.some((file) => file !== secretFile),
    )
    .map(({ name }) =>
      problem(path, `Secret/${name} is made of what git keeps; put it into ${secretFile}, which git ignores`),
    );
}

function writtenSecrets({ path, text }: Source): Problem[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return parseAllDocuments(text)
    .map((document) => document.toJS() as { kind?: string; metadata?: { name?: string } } | null)
    .filter((object) => object?.kind === 'Secret')
    .map((object) =>
      problem(
        path,
        `Secret/${object?.metadata?.name} is in git; on EKS an ExternalSecret brings it, locally ${secretFile}`,
      ),
    );
}

/** Each value of cluster.env has a place to go to, and each place a value. */
function clusterValues(sources: Source[]): Problem[] {
  return sources
    .filter(({ path }) => path.endsWith('cluster.env'))
    .flatMap(({ path, text }) => {
      const names = [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
      const replacements = sources.find((source) => source.path === join(dirname(path), 'cluster.yaml'));
      const used = [...(replacements?.text ?? '').matchAll(/fieldPath: data\.(\w+)/g)].map(
        ([, name]) => name ?? '',
      );
      return [
        ...names
          .filter((name) => !used.includes(name))
          .map((name) =>
            problem(
              path,
              `${name} goes nowhere${didYouMean(name, used) || ': cluster.yaml does not use it'}`,
            ),
          ),
        ...used
          .filter((name) => !names.includes(name))
          .map((name) =>
            problem(
              join(dirname(path), 'cluster.yaml'),
              `cluster.env has no ${name}${didYouMean(name, names)}`,
            ),
          ),
      ];
    });
}

async function staleAlerts(folder: string, watching: string): Promise<Problem[]> {
  const wanted = prometheusRule(await readFile(join(watching, alertsSource), 'utf8'));
  const text = await readFile(join(folder, alertsFile), 'utf8');
  if (isDeepStrictEqual(parse(text), wanted)) return [];
  return [
    problem(alertsFile, 'differs from observability/prometheus/alerts.yml; make it anew: npm run k8s:alerts'),
  ];
}

/** Compose's Grafana reads the whole folder, that of Kubernetes what is listed. */
async function forgottenDashboards(watching: string): Promise<Problem[]> {
  const grafana = join(watching, 'grafana');
  const { configMapGenerator = [] } = parse(
    await readFile(join(grafana, 'kustomization.yaml'), 'utf8'),
  ) as Kustomization;
  const listed = configMapGenerator.flatMap(({ files = [] }) => files);
  return (await readdir(join(grafana, 'dashboards')))
    .map((name) => `dashboards/${name}`)
    .filter((file) => !listed.includes(file))
    .map((file) => ({ where: 'observability/grafana/kustomization.yaml', text: `must list ${file}` }));
}
