import { command } from './command.ts';
import type { Shell } from './shell.ts';

const mostTold = 5;

/**
 * What is deployed: the commit that is checked out. Images are named after it, so that they must hold just that.
 *
 * @returns its full hash
 * @throws Error when something in the work tree is not committed
 */
export async function readRevision(shell: Shell): Promise<string> {
  // Without optional locks git writes nothing, not even its index.
  const git = (...args: string[]) => command('git', '--no-optional-locks', ...args);
  await shell.read(git('status', '--porcelain'), refuseChanges, undefined);
  return shell.read(git('rev-parse', 'HEAD'), (stdout) => stdout.trim(), '<revision from git>');
}

function refuseChanges(status: string): undefined {
  const changes = status.split('\n').filter(Boolean);
  if (changes.length === 0) return undefined;
  const told = changes.slice(0, mostTold).map((line) => line.trim());
  if (changes.length > mostTold) told.push(`and ${changes.length - mostTold} more`);
  throw new Error(
    `the work tree differs from its commit (${told.join(', ')}), and an image is named after a commit: ` +
      'commit the changes, or put them aside with git stash --include-untracked',
  );
}
