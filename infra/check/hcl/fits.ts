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
    default:
      return misfitsOfType(inferred(expression), type, where);
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
  const given = Object.fromEntries(named);
  return misfitsOfFields(given, type, where, (value, wanted, at) => misfits(value, wanted, inferred, at));
}

/** As Terraform converts them: a number is text too, and text that looks like a number is one. */
function literalFits(value: string | number | boolean, type: Type): boolean {
  if (type === 'number') {
    return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
  }
  if (type === 'bool') return typeof value === 'boolean' || value === 'true' || value === 'false';
  return type === 'string';
}

/** Where what a name stands for is not what is wanted. */
function misfitsOfType(found: Type, wanted: Type, where: string): Misfit[] {
  if (found === 'any' || wanted === 'any') return [];
  const wrong = [{ where, what: `must be ${typeName(wanted)}, not ${typeName(found)}` }];
  if (typeof found === 'string' || typeof wanted === 'string') {
    const isConverted = typeof found === typeof wanted && (found === 'string' || wanted === 'string');
    return found === wanted || isConverted ? [] : wrong;
  }
  if ('listOf' in found || 'listOf' in wanted) {
    if (!('listOf' in found && 'listOf' in wanted)) return wrong;
    return misfitsOfType(found.listOf, wanted.listOf, `${where}[…]`);
  }
  if ('mapOf' in wanted) {
    if ('mapOf' in found) return misfitsOfType(found.mapOf, wanted.mapOf, `${where}[…]`);
    const fields = Object.entries(found.object);
    return fields.flatMap(([name, type]) => misfitsOfType(type, wanted.mapOf, `${where}.${name}`));
  }
  // Of a map nobody knows the keys, and a resource has more attributes than are wanted of it.
  if ('mapOf' in found || found.name !== undefined) return [];
  return misfitsOfFields(found.object, wanted, where, (type, each, at) => misfitsOfType(type, each, at));
}

/** Fields that are not wanted, that are missing, or whose values are not what is wanted. */
function misfitsOfFields<Value>(
  given: Record<string, Value>,
  { object, optional }: Extract<Type, { object: unknown }>,
  where: string,
  misfitsOfValue: (value: Value, wanted: Type, where: string) => Misfit[],
): Misfit[] {
  const fields = Object.keys(object);
  const found = Object.entries(given).flatMap(([name, value]) => {
    const wanted = object[name];
    if (wanted) return misfitsOfValue(value, wanted, `${where}.${name}`);
    // Terraform would leave it out without a word.
    return name === '…' ? [] : [{ where, what: `has no "${name}"${suggestion(name, fields)}` }];
  });
  const missing = fields.filter((name) => !optional.has(name) && !(name in given));
  return [...found, ...missing.map((name) => ({ where, what: `must have "${name}"` }))];
}
