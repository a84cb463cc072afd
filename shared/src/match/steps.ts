/**
 * Many small numbers as a short text: a digit of base 36 each, or `(number)` for one above 35; zeros at the end are left
 * out. A minute's clicks of one side, in steps of 200 ms, are at most 300 characters.
 */

/** @param numbers whole and not negative */
export function writeSteps(numbers: readonly number[]): string {
  return numbers
    .map((number) => (number < 36 ? number.toString(36) : `(${number})`))
    .join('')
    .replace(/0+$/, '');
}

/** @throws Error when it was not written by `writeSteps` */
export function readSteps(text: string): number[] {
  const steps = text.match(/[0-9a-z]|\(\d+\)/g) ?? [];
  if (steps.join('') !== text) throw new Error(`not a row of steps: ${text.slice(0, 40)}`);
  return steps.map((step) => (step.length === 1 ? Number.parseInt(step, 36) : Number(step.slice(1, -1))));
}
