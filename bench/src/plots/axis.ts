import { type Axis, logarithmic } from '../simulation/plot.ts';

/**
 * A logarithmic axis with all values on it, from and to a power of ten.
 *
 * @param values above 0
 */
export function decades(values: readonly number[], label: (value: number) => string): Axis {
  const [from, to] = [
    10 ** Math.floor(Math.log10(Math.min(...values))),
    10 ** Math.ceil(Math.log10(Math.max(...values))),
  ];
  const ticks: Axis['ticks'] = [];
  // By exponents, since a hundred multiplications by ten do not end at the value that they should.
  for (let exponent = Math.round(Math.log10(from)); exponent <= Math.round(Math.log10(to)); exponent++)
    ticks.push({ at: 10 ** exponent, label: label(10 ** exponent) });
  return { scale: logarithmic(from, to), ticks };
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
