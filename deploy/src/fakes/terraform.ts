import type { World } from './world.ts';

export function terraform({ outputs }: World, args: string[]): string {
  const [, command] = args;
  if (command === 'init') return 'Terraform has been successfully initialized!\n';
  if (command !== 'output') throw new Error(`the fake of terraform does not know: ${args.join(' ')}`);
  const entries = Object.entries(outputs).map(([name, value]) => [name, { sensitive: false, value }]);
  return JSON.stringify(Object.fromEntries(entries));
}
