import { expect, test } from 'vitest';
import { evaluate, Unsupported } from './evaluate.ts';
import { parseExpression } from './expression.ts';

const scope = { var: { n: 3, names: ['a', 'bc'], size: { min: 1 } } };
const worth = (text: string) => evaluate(parseExpression(text), scope);

test.each([
  ['var.n + 2 * 4 - 1', 10],
  ['(var.n + 2) * 4 % 7', 6],
  ['-var.n < 0 && !(var.n == 4)', true],
  ['var.n >= 3 ? "many" : "few"', 'many'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Terraform's
  ['"${var.n}x$${y}\\n"', '3x${y}\n'],
  ['var.names[1]', 'bc'],
  ['var.size["min"]', 1],
  ['[for name in var.names : length(name)]', [1, 2]],
  ['{ for i, name in var.names : name => i if name != "a" }', { bc: '1' }],
  ['{ a = 1, "b-c" = [true, null], }', { a: 1, 'b-c': [true, null] }],
  ['alltrue([for name in var.names : can(regex("^[a-z]+$", name))])', true],
  ['can(cidrnetmask("10.0.0.0/33"))', false],
  ['cidrnetmask("10.0.0.0/12")', '255.240.0.0'],
  ['contains(["x"], "y") || endswith("play.example", ".example")', true],
  ['var.n # a comment\n + 1', 4],
])('%s', (text, value) => {
  expect(worth(text)).toEqual(value);
});

test('what cannot be worked out is said, and not taken for true or false', () => {
  expect(() => worth('can(timestamp())')).toThrow(Unsupported);
  expect(() => worth('local.x')).toThrow(Unsupported);
  expect(() => worth('var.missing')).toThrow('there is no missing');
});

test.each(['a +', '[1, 2', '"open', 'f(1', '{ a }', '1 + ]', '1 2'])('%s cannot be read', (text) => {
  expect(() => parseExpression(text)).toThrow('is missing at');
});
