import { suggestion } from '../problem.ts';
import type { Expression } from './expression.ts';
import { type Type, typeName } from './type.ts';

/** Where a value (`''`, or `.field` and `[…]` of it) is not what is wanted, and how. */
interface Misfit {
  where: string;
  what: string;
}

/**
 * Where a value is not of the type that is wanted; nowhere, as far as it can be told, if the list is empty.
 *
 * @param inferred tells what a name or a call is, as `infer` does
 */
export function misfits(
  expression: Expression,
  type: Type,
  inferred: (each: Expression) => Type,
  where = '',
): Misfit[] {
  if (type === 'any') return [];
  const wrong = (found: string) => [{ where, what: `must be ${typeName(type)}, not ${found}` }];
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return value === null || literalFits(value, type) ? [] : wrong(JSON.stringify(value));
    }
    case 'template':
      return typeof type === 'string' ? [] : wrong('text');
    case 'tuple':
      if (typeof type === 'string' || !('listOf' in type)) return wrong('a list');
      return expression.items.flatMap((item, i) => misfits(item, type.listOf, inferred, `${where}[${i}]`));
    case 'object':
      return misfitsOfObject(expression.entries, type, inferred, where) ?? wrong('a map');
    case 'for': {
      const isMap = expression.key !== undefined;
      if (typeof type === 'string' || isMap === 'listOf' in type) return wrong(isMap ? 'a map' : 'a list');
      const element = 'listOf' in type ? type.listOf : 'mapOf' in type ? type.mapOf : 'any';
      return misfits(expression.value, element, inferred, `${where}[…]`);
    }
    case 'conditional':
      return [expression.yes, expression.no].flatMap((each) => misfits(each, type, inferred, where));
    default: {
      const found = inferred(expression);
      return areAlike(found, type) ? [] : wrong(typeName(found));
    }
  }
}

/** @returns undefined for a type that no object fits */
function misfitsOfObject(
  entries: [Expression, Expression][],
  type: Type,
  inferred: (each: Expression) => Type,
  where: string,
): Misfit[] | undefined {
  if (typeof type === 'string' || 'listOf' in type) return undefined;
  const named = entries.map(([key, value]): [string, Expression] => [
    key.kind === 'literal' ? String(key.value) : '…',
    value,
  ]);
  if ('mapOf' in type) {
    return named.flatMap(([name, value]) => misfits(value, type.mapOf, inferred, `${where}.${name}`));
  }
  const fields = Object.keys(type.object);
  const found = named.flatMap(([name, value]) => {
    const wanted = type.object[name];
    if (wanted) return misfits(value, wanted, inferred, `${where}.${name}`);
    // Terraform would leave it out without a word.
    return name === '…' ? [] : [{ where, what: `has no "${name}"${suggestion(name, fields)}` }];
  });
  const missing = fields.filter(
    (name) => !type.optional.has(name) && !named.some(([given]) => given === name),
  );
  return [...found, ...missing.map((name) => ({ where, what: `must have "${name}"` }))];
}

/** As Terraform converts them: a number is text too, and text that looks like a number is one. */
function literalFits(value: string | number | boolean, type: Type): boolean {
  if (type === 'number') {
    return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
  }
  if (type === 'bool') return typeof value === 'boolean' || value === 'true' || value === 'false';
  return type === 'string';
}

function areAlike(found: Type, wanted: Type): boolean {
  if (found === 'any' || wanted === 'any') return true;
  if (typeof found === 'string' || typeof wanted === 'string') {
    return (
      found === wanted || (typeof found === typeof wanted && (found === 'string' || wanted === 'string'))
    );
  }
  if ('listOf' in found || 'listOf' in wanted) {
    return 'listOf' in found && 'listOf' in wanted && areAlike(found.listOf, wanted.listOf);
  }
  return true;
}
