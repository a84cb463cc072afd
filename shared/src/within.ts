/**
 * Waits for an answer, but not for ever. What is under way goes on, and is not heard of any more.
 *
 * @throws Error when it has not come within `ms`, or whatever `ask` throws
 */
export async function within<T>(ms: number, ask: () => T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`there was no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
}
