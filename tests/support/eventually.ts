/**
 * Looks until there is something to see.
 *
 * @param look what to wait for: undefined, false, 0 and '' mean not yet
 * @param withinMs ample unless told: a machine that is busy with other tests takes its time
 * @throws Error when it has not come to pass within `withinMs`
 */
export async function eventually<T>(look: () => Promise<T> | T, withinMs = 15_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error('it did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
