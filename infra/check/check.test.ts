import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import access from '../valkey-access.json' with { type: 'json' };
import { check } from './check.ts';
import { checkFormat, checkTerraformFormat } from './format.ts';
import { evaluate } from './hcl/evaluate.ts';
import { parseExpression } from './hcl/expression.ts';
import { loadRoot } from './root.ts';

const infra = join(import.meta.dirname, '..');

test('nothing is wrong as it stands', async () => {
  expect(await check(infra)).toEqual([]);
  expect(await checkFormat(infra)).toEqual([]);
});

test('each service has a Valkey user, and no other has', async () => {
  const { blocks } = await loadRoot('');
  const [services] = blocks.flatMap(({ kind, body }) => (kind === 'locals' && body.services) || []);
  const [, list = ''] = String(services).match(/toset\((.*)\)/) ?? [];
  expect(evaluate(parseExpression(list), {})).toEqual(Object.keys(access.users));
});

test('a file that is not formatted is named', async () => {
  const base = await mkdtemp(join(tmpdir(), 'overcookied-format-'));
  try {
    await mkdir(join(base, 'inner'));
    await writeFile(join(base, 'good.tf'), 'locals {\n  a    = 1\n  long = 2\n}\n');
    await writeFile(join(base, 'inner/bad.tfvars'), 'a = 1\nlong = 2\n');
    const found = await checkFormat(base);
    expect(found.map(({ file }) => file)).toEqual(['inner/bad.tfvars']);
  } finally {
    await rm(base, { recursive: true, force: true });
  }
});

const hasTerraform = (await checkTerraformFormat(infra)) !== undefined;

/** A root with nothing but variables needs no provider. */
test.skipIf(!hasTerraform)('Terraform judges the example files as the check does', async () => {
  const base = await mkdtemp(join(tmpdir(), 'overcookied-terraform-'));
  try {
    for (const file of ['variables.tf', 'variables-size.tf']) await cp(join(infra, file), join(base, file));
    const plan = (...files: string[]) =>
      promisify(execFile)(
        'terraform',
        ['plan', '-input=false', '-no-color', ...files.map((file) => `-var-file=${file}`)],
        { cwd: base },
      );
    const environment = join(infra, 'environments/production/terraform.tfvars');
    for (const size of await readdir(join(infra, 'sizes'))) {
      expect((await plan(environment, join(infra, 'sizes', size))).stderr).not.toContain('Error');
    }
    const wrong = join(base, 'wrong.tfvars');
    await writeFile(wrong, 'vpc_cidr = "10.41.0.0/24"\ncluster_public_cidrs = ["0.0.0.0/0"]\n');
    const refused = plan(environment, join(infra, 'sizes/small.tfvars'), wrong).catch(({ stderr }) => stderr);
    const words = String(await refused).replaceAll(/\s*\n[│\s]*/g, ' ');
    expect(words).toContain('The network must be a /16');
    expect(words).toContain('none may be the whole internet');
  } finally {
    await rm(base, { recursive: true, force: true });
  }
});
