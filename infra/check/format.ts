import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { format } from '@cdktf/hcl-tools';
import { Problem } from './problem.ts';

/** Files that are not as HashiCorp's formatter leaves them. It runs without Terraform. */
export async function checkFormat(base: string): Promise<Problem[]> {
  const files = (await readdir(base, { recursive: true }))
    .filter((name) => /\.(tf|tfvars|hcl)$/.test(name))
    .sort();
  const checked = files.map(async (file) => {
    const text = await readFile(join(base, file), 'utf8');
    if (text === (await format(text))) return [];
    return [
      new Problem(
        file,
        'format',
        'is not formatted: "terraform fmt -recursive infra", or your editor, does it',
      ),
    ];
  });
  return (await Promise.all(checked)).flat();
}

/**
 * Files that Terraform's own `fmt` would change: it does a little more than the formatter.
 *
 * @returns undefined when Terraform is not installed
 */
export async function checkTerraformFormat(base: string): Promise<Problem[] | undefined> {
  const args = ['fmt', '-check', '-recursive', '-list=true', '.'];
  try {
    await promisify(execFile)('terraform', args, { cwd: base });
    return [];
  } catch (error) {
    const { code, stdout = '' } = error as { code?: string | number; stdout?: string };
    if (code === 'ENOENT') return undefined;
    if (code !== 3) throw error;
    const files = stdout.trim().split('\n');
    return files.map((file) => new Problem(file, 'format', 'is not as "terraform fmt" leaves it'));
  }
}
