import { type Axis, logarithmic } from '../simulation/plot.ts';

/**
 * A logarithmic axis with all values on it, from and to a power of ten.
 *
 * @param all of which those that are 0 or infinite are at an end of it
 */
export function decades(all: readonly number[], label: (value: number) => string): Axis {
  const shown = all.filter((value) => value > 0 && Number.isFinite(value));
  const exponents = (shown.length > 0 ? shown : [1]).map(Math.log10);
  const first = Math.floor(Math.min(...exponents));
  const last = Math.max(first + 1, Math.ceil(Math.max(...exponents)));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  return {
    scale: logarithmic(10 ** first, 10 ** last),
    ticks: powers.map((at) => ({ at, label: label(at) })),
  };
}

/** A logarithmic axis with just these values on it, the first at its beginning and the last at its end. */
export const steps = (values: readonly number[], label: (value: number) => string): Axis => ({
  scale: logarithmic(values[0] ?? 1, values.at(-1) ?? 10),
  ticks: values.map((at) => ({ at, label: label(at) })),
});

/** An axis from 0 in some four equal and round steps, beyond the largest of these values. */
export function fromZero(values: readonly number[], label: (value: number) => string): Axis {
  const most = Math.max(1, ...values);
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const count = Math.ceil(most / step);
  return {
    scale: (value) => Math.min(1, Math.max(0, value / (count * step))),
    ticks: Array.from({ length: count + 1 }, (_, i) => ({ at: i * step, label: label(i * step) })),
  };
}
