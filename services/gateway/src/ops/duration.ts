const units: [name: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** As somebody would say it: `8 ms`, `1.5 s`, `12 s`, `3 min`, `5 h`, `2 d`. */
export function duration(ms: number): string {
  for (const [name, size] of units) if (ms >= 2 * size) return `${Math.floor(ms / size)} ${name}`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.floor(ms / 1_000)} s`;
}
