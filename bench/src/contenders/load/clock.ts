/** The time in ms, which threads of one process read alike: `performance.now()` counts from the start of each. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;
