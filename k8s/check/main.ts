/** What `npm run check:k8s` runs. */
import { check } from './check.ts';
import { describe } from './problem.ts';

try {
  const problems = await check();
  for (const problem of problems) process.stderr.write(`${describe(problem)}\n`);
  if (problems.length > 0) {
    process.stderr.write(
      `\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in the manifests of k8s/\n`,
    );
    process.exitCode = 1;
  } else process.stdout.write('The manifests of k8s/ are well.\n');
} catch (error) {
  process.stderr.write(`The manifests of k8s/ could not be checked: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
