/** `npm run check:infra`: looks through Terraform's files for mistakes, without Terraform and without a network. */
import { join } from 'node:path';
import { check } from './check.ts';
import { checkFormat, checkTerraformFormat } from './format.ts';

const base = join(import.meta.dirname, '..');
const terraform = await checkTerraformFormat(base);
const problems = [...(await checkFormat(base)), ...(terraform ?? []), ...(await check(base))];
for (const problem of problems) process.stderr.write(`${problem.message}\n`);
const formatted =
  terraform === undefined
    ? 'terraform is not installed: formatted as its library says, "terraform fmt" not run'
    : 'terraform fmt agrees';
process.stdout.write(
  `infra: ${problems.length === 0 ? 'no mistakes found' : `${problems.length} found`}; ${formatted}\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
