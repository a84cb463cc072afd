/**
 * Inputs and outputs of the modules that the files here use, in modules.json.
 *
 * Terraform would tell them after it has fetched the modules; without a network they are written down once. Every type
 * is as in the module's variables, so that a misspelt field of a node group is caught as well, which Terraform would
 * leave out without a word.
 */
import { readFile } from 'node:fs/promises';
import { parseExpression } from '../hcl/expression.ts';
import { type Type, typeOf } from '../hcl/type.ts';

export interface ModuleInterface {
  version: string;
  inputs: Record<string, Type>;
  outputs: Record<string, Type>;
}

type Written = Record<
  string,
  { version: string; inputs: Record<string, string>; outputs: Record<string, string> }
>;

/** Source → what the module takes and gives. */
export async function readModules(): Promise<Map<string, ModuleInterface>> {
  const written = JSON.parse(await readFile(new URL('modules.json', import.meta.url), 'utf8')) as Written;
  const typed = (types: Record<string, string>) =>
    Object.fromEntries(Object.entries(types).map(([name, type]) => [name, typeOf(parseExpression(type))]));
  return new Map(
    Object.entries(written).map(([source, { version, inputs, outputs }]) => [
      source,
      { version, inputs: typed(inputs), outputs: typed(outputs) },
    ]),
  );
}
