/** `npm run check:infra`: looks through Terraform's files for mistakes, without Terraform and without a network. */
import { join } from 'node:path';
import { check } from './check.ts';
import { checkFormat, checkTerraformFormat } from './format.ts';

const base = join(import.meta.dirname, '..');
const terraform = await checkTerraformFormat(base);
const problems = [...(terraform ?? (await checkFormat(base))), ...(await check(base))];
for (const problem of problems) process.stderr.write(`${problem.message}\n`);
const found = problems.length === 0 ? 'no mistakes found' : `${problems.length} found`;
const format = terraform ? 'by terraform fmt' : 'by its library, since terraform is not installed';
process.stdout.write(`infra: ${found}; formatting checked ${format}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
