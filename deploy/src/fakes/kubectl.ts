import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { keyOf, type Manifest, parseManifests } from '../manifests.ts';
import type { World } from './world.ts';

/** kubectl, and the cluster that it talks to. */
export function kubectl(world: World, args: string[]): string {
  const [verb, ...others] = args.filter((arg) => !/^--(context|namespace|request-timeout)=/.test(arg));
  const option = (name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
  const file = option('filename');
  const manifests = file === undefined ? [] : parseManifests(readFileSync(file, 'utf8'));
  const find = (key: string) => world.objects.find((object) => keyOf(object) === key);
  const remove = (key: string) => {
    world.objects = world.objects.filter((object) => keyOf(object) !== key);
  };
  const leaseKey = 'coordination.k8s.io/Lease/overcookied/deploy';

  switch (verb) {
    case 'config':
      return JSON.stringify(configOf(world));
    case 'kustomize':
      // What needs no cluster is the real one's.
      return execFileSync(world.kubectl, args, { encoding: 'utf8', stdio: 'pipe' });
    case 'apply':
      if (option('dry-run')) return 'serverside-applied (server dry run)\n';
      for (const manifest of manifests) {
        remove(keyOf(manifest));
        world.objects.push(manifest);
      }
      return manifests.map((manifest) => `${keyOf(manifest)} serverside-applied\n`).join('');
    case 'create':
      for (const manifest of manifests) {
        const key = keyOf(manifest);
        if (find(key)) throw new Error(`Error from server (AlreadyExists): "${key}" already exists`);
        world.objects.push(manifest);
      }
      return '';
    case 'get':
      return get(world, others, option('selector'), manifests);
    case 'delete':
      for (const key of file ? manifests.map(keyOf) : [leaseKey]) remove(key);
      return '';
    case 'logs':
      return '[pod/gateway-1/gateway] {"msg":"VALKEY_URL must be an address"}\n';
    case 'rollout': {
      const name = others[1]?.split('/')[1];
      if (!find(`apps/Deployment/overcookied/${name}`))
        throw new Error(`deployments.apps "${name}" not found`);
      return `deployment "${name}" successfully rolled out\n`;
    }
    default:
      throw new Error(`the fake of kubectl does not know: ${args.join(' ')}`);
  }
}

function configOf({ contexts }: World) {
  const entries = Object.entries(contexts);
  return {
    contexts: entries.map(([name]) => ({ name, context: { cluster: `cluster of ${name}` } })),
    clusters: entries.map(([name, server]) => ({ name: `cluster of ${name}`, cluster: { server } })),
  };
}

/** The real one writes nothing for nothing, an object for one object, and a list for more. */
function get(world: World, [kind]: string[], selector: string | undefined, manifests: Manifest[]): string {
  const { objects } = world;
  if (kind === 'pods' || kind === 'events') return `${kind} as a table\n`;
  if (kind === 'lease') return JSON.stringify(objects.find((object) => object.kind === 'Lease'));
  if (kind === 'configmaps') {
    const [name = '', value] = selector?.split('=') ?? [];
    return JSON.stringify({ items: objects.filter(({ metadata }) => metadata.labels?.[name] === value) });
  }
  const keys = manifests.map(keyOf);
  const found = objects.filter((object) => keys.includes(keyOf(object)));
  if (found.length === 0) return '';
  return JSON.stringify(found.length === 1 ? found[0] : { kind: 'List', items: found });
}
