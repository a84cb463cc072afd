/** Follows every name in an expression to what it stands for. */
import { suggestion } from '../problem.ts';
import type { Expression, ForExpression } from './expression.ts';
import { functionTypes, sameElements } from './function-names.ts';
import type { Type } from './type.ts';

export interface Names {
  /** What a name stands for where it is used; undefined when it stands for nothing. */
  lookUp(path: string[]): { type: Type; used: number } | undefined;
  /** Names that could be meant at this place, for a suggestion. */
  known(path: string[]): Iterable<string>;
}

/** Names that are there within a `for`, a `dynamic` block or a resource. */
export type Scope = Record<string, Type>;

/**
 * @param report is told of each name that stands for nothing, and of what has no such attribute
 * @returns what the expression is, as far as it can be told
 */
export function infer(
  expression: Expression,
  names: Names,
  scope: Scope,
  report: (what: string) => void,
): Type {
  const inner = (each: Expression) => infer(each, names, scope, report);
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'boolean' ? 'bool' : literalType(expression.value);
    case 'template':
      expression.parts.forEach(inner);
      return 'string';
    case 'name':
    case 'attribute':
      return followed(expression, names, scope, report);
    case 'index': {
      const of = inner(expression.of);
      inner(expression.key);
      return elementOf(of);
    }
    case 'splat':
      return { listOf: elementOf(inner(expression.of)) };
    case 'call':
      return returned(expression.name, expression.args.map(inner), report);
    case 'tuple': {
      const [first = 'any'] = expression.items.map(inner);
      return { listOf: first };
    }
    case 'object':
      return objectOf(expression.entries, inner);
    case 'for':
      return forType(expression, names, scope, report);
    case 'unary':
      inner(expression.of);
      return expression.operator === '!' ? 'bool' : 'number';
    case 'binary':
      inner(expression.left);
      inner(expression.right);
      return /[+*/%-]/.test(expression.operator) ? 'number' : 'bool';
    case 'conditional':
      inner(expression.condition);
      inner(expression.no);
      return inner(expression.yes);
  }
}

function returned(name: string, args: Type[], report: (what: string) => void): Type {
  const type = functionTypes[name];
  if (type === undefined) {
    report(`there is no function "${name}"${suggestion(name, Object.keys(functionTypes))}`);
    return 'any';
  }
  if (sameElements.has(name)) return { listOf: elementOf(args[0] ?? 'any') };
  return name === 'merge' ? merged(args) : type;
}

/** Of objects that are known, one with the fields of all; of maps, whose values must be alike, the first. */
function merged(types: Type[]): Type {
  const [first = 'any'] = types;
  if (typeof first !== 'string' && 'mapOf' in first) return first;
  const object: Record<string, Type> = {};
  for (const type of types) {
    if (typeof type === 'string' || !('object' in type)) return 'any';
    Object.assign(object, type.object);
  }
  return { object, optional: new Set() };
}

const literalType = (value: string | number | null): Type =>
  typeof value === 'string' ? 'string' : value === null ? 'any' : 'number';

function objectOf(entries: [Expression, Expression][], inner: (each: Expression) => Type): Type {
  const object: Record<string, Type> = {};
  let isOpen = false;
  for (const [key, value] of entries) {
    const type = inner(value);
    if (key.kind === 'literal') object[String(key.value)] = type;
    else {
      inner(key);
      isOpen = true;
    }
  }
  return isOpen ? 'any' : { object, optional: new Set() };
}

function forType(
  expression: ForExpression,
  names: Names,
  scope: Scope,
  report: (what: string) => void,
): Type {
  const of = infer(expression.of, names, scope, report);
  const value = elementOf(of);
  const [first = '', second] = expression.names;
  const own: Scope = second === undefined ? { [first]: value } : { [first]: 'any', [second]: value };
  const inner = (each: Expression) => infer(each, names, { ...scope, ...own }, report);
  if (expression.condition) inner(expression.condition);
  if (expression.key) inner(expression.key);
  const result = inner(expression.value);
  return expression.key ? { mapOf: result } : { listOf: result };
}

/** Of what is in a list or a map; `any` for what is neither, or not known. */
export function elementOf(type: Type): Type {
  if (typeof type === 'string') return 'any';
  if ('listOf' in type) return type.listOf;
  if ('mapOf' in type) return type.mapOf;
  const types = Object.values(type.object);
  // The values of a map that is written out; they are alike, or the map would be an error.
  return types[0] ?? 'any';
}

/** A name and the attributes after it. */
function followed(expression: Expression, names: Names, scope: Scope, report: (what: string) => void): Type {
  const path = pathOf(expression);
  if (path === undefined) {
    if (expression.kind !== 'attribute') return 'any';
    return attributeOf(
      infer(expression.of, names, scope, report),
      expression.name,
      textOf(expression.of),
      report,
    );
  }
  const [root = ''] = path;
  const local = scope[root];
  const found = local === undefined ? names.lookUp(path) : { type: local, used: 1 };
  if (!found) {
    report(`"${path.join('.')}" is declared nowhere${suggestion(path.join('.'), names.known(path))}`);
    return 'any';
  }
  let type = found.type;
  for (let i = found.used; i < path.length; i++) {
    type = attributeOf(type, path[i] ?? '', path.slice(0, i).join('.'), report);
  }
  return type;
}

function attributeOf(type: Type, name: string, of: string, report: (what: string) => void): Type {
  if (type === 'any') return 'any';
  if (typeof type === 'string') {
    report(`"${of}" is a ${type} and has no attribute "${name}"`);
    return 'any';
  }
  if ('listOf' in type) {
    report(`"${of}" is a list: its "${name}" is that of one of them, as in ${of}[0].${name}`);
    return 'any';
  }
  if ('mapOf' in type) {
    if (!type.isInstances) return type.mapOf;
    report(`"${of}" has count or for_each: its "${name}" is that of one of them, as in ${of}[…].${name}`);
    return 'any';
  }
  const found = type.object[name];
  if (found !== undefined) return found;
  const known = Object.keys(type.object);
  report(`"${of}" has no attribute "${name}"${suggestion(name, known)}`);
  return 'any';
}

/** `a.b.c` as its names; undefined when there is something else in it. */
function pathOf(expression: Expression): string[] | undefined {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind !== 'attribute') return undefined;
  const before = pathOf(expression.of);
  return before && [...before, expression.name];
}

/** For an error. */
function textOf(expression: Expression): string {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'attribute') return `${textOf(expression.of)}.${expression.name}`;
  if (expression.kind === 'index') return `${textOf(expression.of)}[…]`;
  if (expression.kind === 'splat') return `${textOf(expression.of)}[*]`;
  return 'it';
}
