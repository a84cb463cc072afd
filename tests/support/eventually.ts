/**
 * Looks until there is something to see.
 *
 * @param look what to wait for: undefined, false, 0 and '' mean not yet
 * @throws Error when it has not come to pass within `withinMs`
 */
export async function eventually<T>(look: () => Promise<T> | T, withinMs = 5_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error('it did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
