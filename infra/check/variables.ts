/** Variables, outputs, and the files that set them. */
import { evaluate, Unsupported } from './hcl/evaluate.ts';
import { misfits } from './hcl/fits.ts';
import { expressionOf } from './hcl/raw.ts';
import { type Type, typeOf } from './hcl/type.ts';
import { Problem, suggestion } from './problem.ts';
import { addressOf, type Block, type Body, type Root, readHcl } from './root.ts';

/** Each variable and output says what it is; a variable says of which type, and what would be wrong. */
export function checkDeclarations(root: Root): Problem[] {
  return root.blocks.flatMap((block) => {
    const { file, kind, body } = block;
    const problem = (what: string) => new Problem(file, addressOf(block), what);
    if (kind !== 'variable' && kind !== 'output') return [];
    const problems = body.description === undefined ? [problem('has no description')] : [];
    if (kind === 'output') return problems;
    const type = declaredType(block);
    if (type === undefined)
      return [...problems, problem(body.type === undefined ? 'has no type' : 'has a type that is none')];
    // Of true and false neither is wrong, and of a map of texts nothing is known.
    const needsNone = type === 'bool' || (typeof type !== 'string' && 'mapOf' in type);
    if (body.validation === undefined && !needsNone) problems.push(problem('has no validation'));
    if (body.default !== undefined) {
      const wrong = misfits(expressionOf(body.default), type, () => 'any');
      problems.push(...wrong.map(({ where, what }) => problem(`its default${where} ${what}`)));
    }
    return problems;
  });
}

/** A set of files that are given to Terraform together. */
export interface Settings {
  /** Relative to infra/. */
  files: string[];
}

/** Whether files set all variables that must be, none that is not declared, and each to what it may be. */
export async function checkSettings(root: Root, base: string, { files }: Settings): Promise<Problem[]> {
  const variables = root.blocks.filter(({ kind }) => kind === 'variable');
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  const setIn = new Map<string, string>();
  for (const file of files) {
    for (const [name, raw] of Object.entries(await readHcl(base, file))) {
      const report = (what: string) => problems.push(new Problem(file, name, what));
      const variable = variables.find(({ labels }) => labels[0] === name);
      if (!variable) {
        const known = variables.flatMap(({ labels }) => labels);
        report(`no variable of this name is declared${suggestion(name, known)}`);
        continue;
      }
      const type = declaredType(variable);
      const before = problems.length;
      if (type)
        for (const { where, what } of misfits(expressionOf(raw), type, () => 'any'))
          report(`${where || 'it'} ${what}`);
      setIn.set(name, file);
      if (problems.length === before) values[name] = complete(evaluate(expressionOf(raw), {}), type);
    }
  }
  for (const variable of variables) {
    const [name = ''] = variable.labels;
    if (setIn.has(name)) continue;
    const fallback = variable.body.default;
    if (fallback !== undefined) {
      values[name] = complete(evaluate(expressionOf(fallback), {}), declaredType(variable));
    } else {
      const what = `has no default, and neither ${files.join(' nor ')} sets it`;
      problems.push(new Problem(variable.file, `var.${name}`, what));
    }
  }
  // A condition may look at other variables: with a wrong one among them it would blame the wrong one.
  if (problems.length > 0) return problems;
  return variables.flatMap((variable) =>
    failedConditions(variable, values, setIn.get(variable.labels[0] ?? '')),
  );
}

function failedConditions(variable: Block, values: Record<string, unknown>, file = variable.file): Problem[] {
  const [name = ''] = variable.labels;
  return ((variable.body.validation ?? []) as Body[]).flatMap(({ condition, error_message }) => {
    try {
      if (evaluate(expressionOf(condition ?? true), { var: values }) === true) return [];
      return [new Problem(file, name, `is ${JSON.stringify(values[name])}. ${String(error_message)}`)];
    } catch (error) {
      const about =
        error instanceof Unsupported ? 'its condition cannot be looked at' : 'its condition fails';
      return [new Problem(variable.file, `var.${name}`, `${about}: ${(error as Error).message}`)];
    }
  });
}

/** What an object leaves out is null, as Terraform has it. */
function complete(value: unknown, type: Type | undefined): unknown {
  if (!type || typeof type === 'string' || !('object' in type)) return value;
  const nulls = Object.fromEntries([...type.optional].map((name) => [name, null]));
  return { ...nulls, ...(value as object) };
}

function declaredType({ body }: Block): Type | undefined {
  try {
    return body.type === undefined ? undefined : typeOf(expressionOf(body.type));
  } catch {
    return undefined;
  }
}
