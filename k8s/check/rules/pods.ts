/** What each pod must have to be safe and to end well. */
import { stopTimeoutMs } from '@overcookied/shared/service.ts';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { environmentOf, knownValues } from '../environment.ts';
import {
  containersOf,
  find,
  type Manifest,
  type Overlay,
  ofKind,
  podPath,
  volumesOf,
  type Workload,
  workloads,
} from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';
import { quantity } from '../quantity.ts';
import { drainOf, isService, wrongValues } from '../services.ts';

const endSeconds = stopTimeoutMs / 1_000;

export function podProblems(overlay: Overlay): Problem[] {
  return workloads(overlay).flatMap((workload) => [
    ...security(workload),
    ...account(overlay, workload),
    ...shutdown(overlay, workload),
    ...rollOut(workload),
    ...containersOf(workload.pod).flatMap(({ container, path }) =>
      [
        ...image(container),
        ...confinement(container),
        ...probes(container),
        ...resources(container),
        ...fieldReferences(container),
        ...mounts(container, volumesOf(workload)),
      ].map(([field, text]) => problemOf(workload.manifest, `${path}.${field}`, text)),
    ),
  ]);
}

/** Where in the container, and what is wrong. */
type Finding = [field: string, text: string];

function security({ manifest, pod }: Workload): Problem[] {
  const problems: Problem[] = [];
  const expect = (holds: boolean, path: string, text: string) => {
    if (!holds) problems.push(problemOf(manifest, `${podPath}.${path}`, text));
  };
  const { runAsNonRoot, runAsUser, seccompProfile } = pod.securityContext ?? {};
  expect(runAsNonRoot === true, 'securityContext.runAsNonRoot', 'must be true');
  // The node cannot tell whether a user that the image has by name is root.
  expect((runAsUser ?? 0) > 0, 'securityContext.runAsUser', 'must be the number of a user other than root');
  expect(
    seccompProfile?.type === 'RuntimeDefault',
    'securityContext.seccompProfile.type',
    'must be RuntimeDefault',
  );
  expect(
    pod.automountServiceAccountToken === false,
    'automountServiceAccountToken',
    'must be false: nobody here asks the Kubernetes API',
  );
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC'] as const)
    expect(!pod[field], field, 'must not be set');
  return problems;
}

function account(overlay: Overlay, { manifest, pod }: Workload): Problem[] {
  const path = `${podPath}.serviceAccountName`;
  const name = pod.serviceAccountName;
  if (name === undefined) {
    const isOurs = pod.containers.some((container) => isService(container.name));
    return isOurs
      ? [problemOf(manifest, path, 'is missing: the pod would be the account that all others share')]
      : [];
  }
  if (find<IServiceAccount>(overlay, 'ServiceAccount', name)) return [];
  const names = ofKind(overlay, 'ServiceAccount').map(({ metadata }) => metadata.name);
  return [problemOf(manifest, path, `there is no ServiceAccount ${name}${didYouMean(name, names)}`)];
}

/** @param volumes what the pod has to mount */
function mounts({ volumeMounts = [] }: IContainer, volumes: string[]): Finding[] {
  return volumeMounts.flatMap(({ name }, index): Finding[] =>
    volumes.includes(name)
      ? []
      : [[`volumeMounts[${index}].name`, `the pod has no volume ${name}${didYouMean(name, volumes)}`]],
  );
}

/** What a pod can be told of itself. */
const ownFields =
  /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['.+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;

function fieldReferences({ env = [] }: IContainer): Finding[] {
  return env.flatMap(({ valueFrom }, index): Finding[] => {
    const field = valueFrom?.fieldRef?.fieldPath;
    if (field === undefined || ownFields.test(field)) return [];
    return [[`env[${index}].valueFrom.fieldRef.fieldPath`, `a pod cannot be told its ${field}`]];
  });
}

/** A pod that is killed while it drains cuts off its players without a word. */
function shutdown(overlay: Overlay, { manifest, pod }: Workload): Problem[] {
  const grace = pod.terminationGracePeriodSeconds ?? 30;
  return containersOf(pod).flatMap(({ container, path }) => {
    if (!isService(container.name)) return [];
    const { variables } = environmentOf(overlay, manifest, { container, path });
    const values = knownValues(variables);
    // What the service would refuse is found fault with elsewhere.
    if (wrongValues(container.name, values).size > 0) return [];
    const { delay, spread } = drainOf(container.name, values);
    const waits = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
    const least = waits + delay + spread + endSeconds;
    if (grace > least) return [];
    const parts = [
      ...(waits > 0 ? [`${waits} s of preStop`] : []),
      ...(delay + spread > 0 ? [`${delay} s of serving on, ${spread} s of sending players away`] : []),
      `up to ${endSeconds} s of ending`,
    ];
    const text = `must be more than ${least}: ${parts.join(', ')}; it is ${grace}`;
    return [problemOf(manifest, `${podPath}.terminationGracePeriodSeconds`, text)];
  });
}

/** A pod that goes before another has come leaves its players to fewer than are needed. */
function rollOut({ manifest, pod }: Workload): Problem[] {
  const { spec } = manifest as Manifest & IDeployment;
  if (
    !pod.containers.some(({ name }) => isService(name)) ||
    spec?.strategy?.rollingUpdate?.maxUnavailable === 0
  )
    return [];
  return [
    problemOf(
      manifest,
      'spec.strategy.rollingUpdate.maxUnavailable',
      'must be 0: first new pods, then old ones',
    ),
  ];
}

function image({ image: reference = '' }: IContainer): Finding[] {
  const tag = reference.includes('@sha256:') ? 'digest' : /:([\w][\w.-]*)$/.exec(reference)?.[1];
  if (tag === undefined)
    return [['image', `${reference || 'an image'} must have a tag: without one it is latest`]];
  return tag === 'latest'
    ? [['image', `${reference}: latest is another image every day; name a version`]]
    : [];
}

function confinement({ securityContext = {} }: IContainer): Finding[] {
  const findings: Finding[] = [];
  const expect = (holds: boolean, field: string, text: string) => {
    if (!holds) findings.push([`securityContext.${field}`, text]);
  };
  const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities, privileged } = securityContext;
  expect(allowPrivilegeEscalation === false, 'allowPrivilegeEscalation', 'must be false');
  expect(readOnlyRootFilesystem === true, 'readOnlyRootFilesystem', 'must be true');
  expect(capabilities?.drop?.includes('ALL') === true, 'capabilities.drop', 'must be [ALL]');
  expect((capabilities?.add ?? []).length === 0, 'capabilities.add', 'must be empty');
  expect(!privileged, 'privileged', 'must not be set');
  return findings;
}

/** What each probe of a service must ask. */
const questions = { startupProbe: '/livez', livenessProbe: '/livez', readinessProbe: '/readyz' } as const;

function probes(container: IContainer): Finding[] {
  return (Object.keys(questions) as (keyof typeof questions)[]).flatMap((name): Finding[] => {
    const probe = container[name];
    if (!probe) return [[name, 'is missing']];
    if (!isService(container.name)) return [];
    const wanted = questions[name];
    const path = probe.httpGet?.path;
    return path === wanted ? [] : [[`${name}.httpGet.path`, `must be ${wanted}, and is ${path}`]];
  });
}

function resources({ resources: given = {} }: IContainer): Finding[] {
  const findings: Finding[] = [];
  const { requests = {}, limits = {} } = given;
  for (const name of ['cpu', 'memory']) {
    if (requests[name] === undefined) findings.push([`resources.requests.${name}`, 'is missing']);
  }
  if (limits.memory === undefined) findings.push(['resources.limits.memory', 'is missing']);
  if (limits.cpu !== undefined) {
    findings.push([
      'resources.limits.cpu',
      'must not be set: it stops the event loop for the rest of each 100 ms',
    ]);
  }
  for (const [name, limit] of Object.entries(limits)) {
    const request = requests[name];
    if (request !== undefined && quantity(request) > quantity(limit)) {
      findings.push([`resources.requests.${name}`, `must be at most the limit, ${limit}; it is ${request}`]);
    }
  }
  return findings;
}
