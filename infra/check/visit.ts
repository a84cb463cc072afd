import type { Expression } from './hcl/expression.ts';
import { elementOf, infer, type Names, type Scope } from './hcl/infer.ts';
import { expressionOf } from './hcl/raw.ts';
import { scopeOf } from './names.ts';
import type { Block, Body, Raw } from './root.ts';

/** Is told of an expression, and of the names that there are only where it stands. */
type Visitor = (expression: Expression, scope: Scope) => void;

/** What stands for itself: types, addresses, names of attributes. */
const unread: Record<string, ReadonlySet<string>> = {
  variable: new Set(['type']),
  module: new Set(['source', 'version', 'providers']),
  resource: new Set(['provider']),
  data: new Set(['provider']),
};

/** Visits every expression of a block. */
export function visitBlock(block: Block, names: Names, visit: Visitor): void {
  if (block.kind === 'terraform') return;
  const scope = scopeOf(block, names);
  for (const [name, raw] of Object.entries(block.body)) {
    if (unread[block.kind]?.has(name)) continue;
    if (name === 'lifecycle') visitLifecycle(raw as Body[], scope, visit);
    else visitEntry(name, raw, scope, names, visit);
  }
}

function visitEntry(name: string, raw: Raw, scope: Scope, names: Names, visit: Visitor): void {
  if (name === 'dynamic') visitDynamic(raw as Record<string, Body[]>, scope, names, visit);
  else if (isBlocks(raw)) {
    for (const body of raw) {
      for (const [inner, each] of Object.entries(body)) visitEntry(inner, each, scope, names, visit);
    }
  } else visit(expressionOf(raw), scope);
}

function visitDynamic(blocks: Record<string, Body[]>, scope: Scope, names: Names, visit: Visitor): void {
  for (const [label, bodies] of Object.entries(blocks)) {
    for (const { for_each, iterator, content } of bodies) {
      const all = expressionOf(for_each ?? []);
      visit(all, scope);
      const value = elementOf(infer(all, names, scope, () => {}));
      const name = typeof iterator === 'string' ? iterator.replace(/^\$\{(.*)\}$/, '$1') : label;
      const own: Scope = { [name]: { object: { key: 'any', value }, optional: new Set() } };
      visitEntry('content', content ?? [], { ...scope, ...own }, names, visit);
    }
  }
}

function visitLifecycle(bodies: Body[], scope: Scope, visit: Visitor): void {
  for (const { precondition, postcondition } of bodies) {
    for (const condition of [precondition, postcondition].flat()) {
      if (condition) visit(expressionOf((condition as Body).condition ?? true), scope);
    }
  }
}

/** Whether these are blocks; a list of objects that is assigned looks alike, and is visited alike. */
export const isBlocks = (raw: Raw | undefined): raw is Body[] =>
  Array.isArray(raw) &&
  raw.length > 0 &&
  raw.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
