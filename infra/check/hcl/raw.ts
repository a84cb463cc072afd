import type { Raw } from '../root.ts';
import { type Expression, parseTemplate } from './expression.ts';

/** A value of a file as a tree. @throws Error for an expression that cannot be read */
export function expressionOf(raw: Raw): Expression {
  if (typeof raw === 'string') return parseTemplate(raw);
  if (Array.isArray(raw)) return { kind: 'tuple', items: raw.map(expressionOf) };
  if (typeof raw === 'object' && raw !== null) {
    // A key in parentheses, or one with something inserted, is an expression.
    const entries = Object.entries(raw).map(([key, value]): [Expression, Expression] => [
      parseTemplate(key),
      expressionOf(value),
    ]);
    return { kind: 'object', entries };
  }
  return { kind: 'literal', value: raw };
}

/** What a value says without knowing anything else; undefined when it depends on something. */
export function literalOf(raw: Raw | undefined): string | number | boolean | null | undefined {
  if (raw === undefined) return undefined;
  const expression = expressionOf(raw);
  return expression.kind === 'literal' ? expression.value : undefined;
}
