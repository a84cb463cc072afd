/** Types of Terraform's values. */
import type { AttributeSchema, BlockSchema, SchemaType } from '../schema/schema.ts';
import type { Expression } from './expression.ts';

export type Type =
  /** Known to be something, and not what. */
  | 'any'
  | 'string'
  | 'number'
  | 'bool'
  | { listOf: Type }
  /** `isInstances`: of a resource with count or for_each, whose attributes are its instances'. */
  | { mapOf: Type; isInstances?: true }
  | { object: Record<string, Type>; optional: ReadonlySet<string>; name?: string };

/** As in `map(object({ min = number, max = optional(number) }))`. @throws Error for what is no type */
export function typeOf(expression: Expression): Type {
  if (expression.kind === 'name') {
    const { name } = expression;
    if (name === 'any' || name === 'string' || name === 'number' || name === 'bool') return name;
  }
  if (expression.kind === 'call') {
    const [of] = expression.args;
    if (of && (expression.name === 'list' || expression.name === 'set')) return { listOf: typeOf(of) };
    if (of && expression.name === 'map') return { mapOf: typeOf(of) };
    if (of?.kind === 'object' && expression.name === 'object') return objectType(of.entries);
  }
  throw new Error('is no type');
}

function objectType(entries: [Expression, Expression][]): Type {
  const optional = new Set<string>();
  const object: Record<string, Type> = {};
  for (const [key, value] of entries) {
    const name = String(key.kind === 'literal' && key.value);
    const [inner] = value.kind === 'call' && value.name === 'optional' ? value.args : [];
    if (inner) optional.add(name);
    object[name] = typeOf(inner ?? value);
  }
  return { object, optional };
}

/** What a type is called, for an error. */
export function typeName(type: Type): string {
  if (typeof type === 'string') return type === 'bool' ? 'true or false' : `a ${type}`;
  if ('listOf' in type) return 'a list';
  return 'mapOf' in type ? 'a map' : 'an object';
}

/** How an attribute reads. */
export function fromSchema(type: SchemaType): Type {
  if (typeof type === 'string') return type as Type;
  const [kind, of] = type;
  if (kind === 'object') {
    const entries = Object.entries(of as Record<string, SchemaType>);
    return {
      object: Object.fromEntries(entries.map(([name, each]) => [name, fromSchema(each)])),
      // Which of them must be there is not in the bindings.
      optional: new Set(entries.map(([name]) => name)),
    };
  }
  return kind === 'map' ? { mapOf: fromSchema(of as SchemaType) } : { listOf: fromSchema(of as SchemaType) };
}

/** How a resource, or a block of it, reads. */
export function fromBlock({ attributes, block_types }: BlockSchema, name: string): Type {
  const object: Record<string, Type> = {};
  const entries = Object.entries(attributes as Record<string, AttributeSchema>);
  for (const [attribute, { type }] of entries) object[attribute] = fromSchema(type);
  for (const [block, { block: inner }] of Object.entries(block_types)) {
    object[block] = { listOf: fromBlock(inner, `${name}.${block}`) };
  }
  return { object, optional: new Set(), name };
}
