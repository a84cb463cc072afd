import type { Expression, ForExpression } from './expression.ts';
import { functions } from './functions.ts';

/** An expression uses what this check cannot work out. */
export class Unsupported extends Error {}

type Scope = Record<string, unknown>;

/**
 * Works out an expression, as the condition of a variable.
 *
 * @param scope name → value
 * @throws Unsupported for functions that are not in `functions.ts`
 * @throws Error where Terraform would fail
 */
export function evaluate(expression: Expression, scope: Scope): unknown {
  const inner = (each: Expression) => evaluate(each, scope);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return expression.parts.map((part) => String(inner(part))).join('');
    case 'name':
      if (!Object.hasOwn(scope, expression.name))
        throw new Unsupported(`"${expression.name}" is not known here`);
      return scope[expression.name];
    case 'attribute':
      return fieldOf(inner(expression.of), expression.name);
    case 'index':
      return fieldOf(inner(expression.of), inner(expression.key) as string | number);
    case 'tuple':
      return expression.items.map(inner);
    case 'object':
      return Object.fromEntries(expression.entries.map(([key, value]) => [String(inner(key)), inner(value)]));
    case 'for':
      return evaluateFor(expression, scope);
    case 'conditional':
      return inner(expression.condition) === true ? inner(expression.yes) : inner(expression.no);
    case 'unary':
      return expression.operator === '!' ? inner(expression.of) !== true : -Number(inner(expression.of));
    case 'binary':
      return evaluateBinary(expression, inner);
    case 'call':
      return call(expression.name, expression.args, inner);
    case 'splat':
      throw new Unsupported('[*] cannot be worked out here');
  }
}

function fieldOf(of: unknown, key: string | number): unknown {
  const found = (of as Record<string, unknown> | null)?.[key];
  if (found === undefined) throw new Error(`there is no ${key}`);
  return found;
}

function call(name: string, args: Expression[], inner: (each: Expression) => unknown): unknown {
  if (name === 'can') {
    try {
      args.forEach(inner);
      return true;
    } catch (error) {
      if (error instanceof Unsupported) throw error;
      return false;
    }
  }
  const found = functions[name];
  if (!found) throw new Unsupported(`the function ${name} is not in infra/check/hcl/functions.ts`);
  return found(...args.map(inner));
}

function evaluateFor({ names, of, key, value, condition }: ForExpression, scope: Scope): unknown {
  const [first = '', second] = names;
  const results: [unknown, unknown][] = [];
  for (const [index, each] of Object.entries(evaluate(of, scope) as object)) {
    const own = second === undefined ? { [first]: each } : { [first]: index, [second]: each };
    const inner = { ...scope, ...own };
    if (condition && evaluate(condition, inner) !== true) continue;
    results.push([key && evaluate(key, inner), evaluate(value, inner)]);
  }
  return key ? Object.fromEntries(results) : results.map(([, result]) => result);
}

function evaluateBinary(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  inner: (each: Expression) => unknown,
): unknown {
  // Both sides, as Terraform does: a fault in the right one counts although the left one has decided.
  const [a, b] = [inner(left), inner(right)];
  switch (operator) {
    case '&&':
      return a === true && b === true;
    case '||':
      return a === true || b === true;
    case '==':
      return JSON.stringify(a) === JSON.stringify(b);
    case '!=':
      return JSON.stringify(a) !== JSON.stringify(b);
  }
  const [x, y] = [Number(a), Number(b)];
  const results: Record<string, unknown> = {
    ...{ '<': x < y, '<=': x <= y, '>': x > y, '>=': x >= y },
    ...{ '+': x + y, '-': x - y, '*': x * y, '/': x / y, '%': x % y },
  };
  return results[operator];
}
