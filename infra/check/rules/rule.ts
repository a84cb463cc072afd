/** What we ask of resources beyond what their providers do. */
import type { Expression } from '../hcl/expression.ts';
import { expressionOf, literalOf } from '../hcl/raw.ts';
import { Problem } from '../problem.ts';
import { addressOf, type Block, type Body, type Raw, type Root } from '../root.ts';
import { isBlocks } from '../visit.ts';

/** Looks at a root and tells what it finds. */
export type Rule = (root: Root, report: (block: Block, what: string) => void) => void;

export function applyRules(root: Root, rules: Rule[]): Problem[] {
  const problems: Problem[] = [];
  for (const rule of rules) {
    rule(root, (block, what) => problems.push(new Problem(block.file, addressOf(block), what)));
  }
  return problems;
}

export const resources = (root: Root, type: string): Block[] =>
  root.blocks.filter(({ kind, labels }) => kind === 'resource' && labels[0] === type);

export const moduleOf = (root: Root, source: string): Block | undefined =>
  root.blocks.find(({ kind, body }) => kind === 'module' && body.source === source);

/** Tells of each argument that is not what it must be. */
export function demand(
  block: Block,
  wanted: Record<string, string | boolean>,
  report: (block: Block, what: string) => void,
  body: Body = block.body,
): void {
  for (const [name, value] of Object.entries(wanted)) {
    const found = literalOf(body[name]);
    if (found !== value)
      report(block, `"${name}" must be ${JSON.stringify(value)}, not ${textOf(body[name])}`);
  }
}

/** The blocks that a body has under a name; none for what is written in another way, of which others complain. */
export const blocksOf = (raw: Raw | undefined): Body[] => (isBlocks(raw) ? raw : []);

export function textOf(raw: Raw | undefined): string {
  if (raw === undefined) return 'left out';
  const [, expression] = (typeof raw === 'string' && raw.match(/^\$\{([^{}]*)\}$/)) || [];
  return expression ?? JSON.stringify(raw);
}

/** The resource of this type that a value names, as in `aws_kms_key.this.arn` or `aws_x.y[0].id`. */
export function named(root: Root, type: string, raw: Raw | undefined): Block | undefined {
  const path = raw === undefined ? undefined : rootOf(expressionOf(raw));
  return resources(root, type).find(({ labels: [, name] }) => path?.[0] === type && path[1] === name);
}

/** The names at the beginning of a reference; undefined for what is none. */
export function rootOf(expression: Expression): string[] | undefined {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind === 'index') return rootOf(expression.of);
  if (expression.kind !== 'attribute') return undefined;
  const before = rootOf(expression.of);
  return before && [...before, expression.name];
}
