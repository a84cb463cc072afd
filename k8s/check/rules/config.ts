/** ConfigMaps and Secrets that are not there, that nobody reads, or whose values a service would refuse. */
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IContainer } from 'kubernetes-models/v1/Container';
import { environmentOf, knownValues } from '../environment.ts';
import {
  containersOf,
  find,
  type Manifest,
  type Overlay,
  ofKind,
  type Workload,
  workloads,
} from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';
import { type Reference, referencesOf } from '../references.ts';
import { configOf, isService, portOf, variablesOf, wrongValues } from '../services.ts';

export function configProblems(overlay: Overlay): Problem[] {
  const pods = workloads(overlay);
  const references = pods.flatMap(({ manifest, pod }) =>
    referencesOf(pod).map((reference) => ({ ...reference, manifest })),
  );
  return [
    ...references.flatMap((reference) => dangling(overlay, reference)),
    ...['ConfigMap', 'Secret'].flatMap((kind) =>
      ofKind<IConfigMap>(overlay, kind).flatMap((source) => unread(source, references)),
    ),
    ...pods.flatMap((workload) => variableProblems(overlay, workload)),
  ];
}

/** A pod that asks for what is not there does not start. */
function dangling(
  overlay: Overlay,
  { manifest, kind, name, key, path }: Reference & { manifest: Manifest },
): Problem[] {
  const source = find<IConfigMap>(overlay, kind, name);
  if (source) {
    const keys = Object.keys(source.data ?? {});
    if (key === undefined || keys.includes(key)) return [];
    const text = `${kind} ${name} has no key ${key}${didYouMean(key, keys) || `; it has ${keys.join(', ')}`}`;
    return [problemOf(manifest, `${path}.key`, text)];
  }
  if (
    kind === 'Secret' &&
    ofKind<{ spec?: { target?: { name?: string } } }>(overlay, 'ExternalSecret').some(
      ({ spec }) => spec?.target?.name === name,
    )
  ) {
    return [];
  }
  const names = ofKind(overlay, kind).map(({ metadata }) => metadata.name);
  const text = `there is no ${kind} ${name}${didYouMean(name, names) || `; there are ${names.join(', ') || 'none'}`}`;
  return [problemOf(manifest, path, text)];
}

/** What nobody reads is a typing mistake, or a setting that somebody believes in vain to have made. */
function unread(source: Manifest & { data?: Record<string, string> }, references: Reference[]): Problem[] {
  const own = references.filter(({ kind, name }) => kind === source.kind && name === source.metadata.name);
  if (own.length === 0) return [problemOf(source, '', 'no pod uses it')];
  const keys = Object.keys(source.data ?? {});
  // A key that is asked for by a wrong name is found fault with already.
  if (own.some(({ key }) => key !== undefined && !keys.includes(key))) return [];
  return keys
    .filter((key) => !own.some((reference) => reads(reference, key)))
    .map((key) => {
      const readers = own.flatMap(({ service }) => service ?? []).filter(isService);
      const who = readers.length > 0 ? `${readers.join(' and ')} does not read` : 'nobody reads';
      return problemOf(
        source,
        `data.${key}`,
        `${who} ${key}${didYouMean(key, readers.flatMap(variablesOf))}`,
      );
    });
}

/** Of what is mounted as files, and of programs that are not ours, it is not known what they read: all of it, then. */
function reads({ key: wanted, service }: Reference, key: string): boolean {
  if (wanted !== undefined) return wanted === key;
  return service === undefined || !isService(service) || variablesOf(service).includes(key);
}

/** Runs what a service would find in its environment through what the service itself checks it by. */
function variableProblems(overlay: Overlay, { manifest, pod }: Workload): Problem[] {
  return containersOf(pod).flatMap(({ container, path }) => {
    const service = container.name;
    if (!isService(service)) return [];
    const { variables, isComplete } = environmentOf(overlay, manifest, { container, path });
    const values = knownValues(variables);
    const problems = [...wrongValues(service, values)].map(([name, text]) => {
      const variable = variables.findLast((each) => each.name === name);
      return problemOf(
        variable?.manifest ?? manifest,
        variable?.path ?? path,
        `${service} refuses it: ${text}`,
      );
    });
    for (const { name, manifest: where, path: at } of variables) {
      if (at.startsWith('data.') || variablesOf(service).includes(name)) continue;
      const hint = didYouMean(name, variablesOf(service));
      problems.push(problemOf(where, at, `${service} does not read ${name}${hint}`));
    }
    if (problems.length > 0) return problems;
    return [
      ...(isComplete ? refusals(service, manifest, path, values) : []),
      ...portProblems(service, manifest, path, container, values),
    ];
  });
}

/** What is wrong only with all of it together, such as a variable that is missing. */
function refusals(
  service: string,
  manifest: Manifest,
  path: string,
  values: Record<string, string>,
): Problem[] {
  try {
    configOf(service, values);
    return [];
  } catch (error) {
    return [
      problemOf(manifest, `${path}.envFrom`, `${service} would not start: ${(error as Error).message}`),
    ];
  }
}

function portProblems(
  service: string,
  manifest: Manifest,
  path: string,
  { ports = [] }: IContainer,
  values: Record<string, string>,
): Problem[] {
  const port = portOf(service, values);
  const index = ports.findIndex(({ name }) => name === 'http');
  if (index < 0)
    return [
      problemOf(manifest, `${path}.ports`, `must have a port named http: ${service} listens on ${port}`),
    ];
  const declared = ports[index]?.containerPort;
  if (declared === port) return [];
  return [
    problemOf(
      manifest,
      `${path}.ports[${index}].containerPort`,
      `must be ${port}, where ${service} listens, and is ${declared}`,
    ),
  ];
}
