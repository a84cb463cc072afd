import type { World } from './world.ts';

export function docker({ built, registry }: World, args: string[]): string {
  const last = args.at(-1) ?? '';
  if (args.join(' ').startsWith('buildx imagetools inspect')) {
    if (!registry.includes(last)) throw new Error(`ERROR: ${last}: not found`);
    return `Name: ${last}\n`;
  }
  if (args[0] === 'buildx' && args[1] === 'build') {
    const tag = args.find((arg) => arg.startsWith('--tag='))?.slice('--tag='.length);
    if (tag) built.push(tag);
    return 'built\n';
  }
  if (args[0] === 'push') {
    if (!built.includes(last)) throw new Error(`An image does not exist locally with the tag: ${last}`);
    if (registry.includes(last)) throw new Error(`tag invalid: the image tag ${last} is immutable`);
    registry.push(last);
    return 'pushed\n';
  }
  throw new Error(`the fake of docker does not know: ${args.join(' ')}`);
}
