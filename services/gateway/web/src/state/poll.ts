interface Pace {
  /** From one answer to the next question, in ms. */
  everyMs: number;
  /** The same while asking fails: each failure doubles it, up to this. */
  longestMs: number;
}

/**
 * Asks at once, and again and again while the page is visible.
 *
 * @param ask resolves to whether it worked
 * @returns what ends it
 */
export function poll(
  ask: () => Promise<boolean>,
  { everyMs, longestMs }: Pace,
  page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'> = document,
): () => void {
  let next: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isAsking = false;
  let isOver = false;

  const turn = async () => {
    isAsking = true;
    failures = (await ask()) ? 0 : failures + 1;
    isAsking = false;
    if (!isOver && !page.hidden) next = setTimeout(turn, Math.min(everyMs * 2 ** failures, longestMs));
  };
  const onVisibility = () => {
    clearTimeout(next);
    if (!page.hidden && !isAsking) void turn();
  };

  page.addEventListener('visibilitychange', onVisibility);
  void turn();
  return () => {
    isOver = true;
    clearTimeout(next);
    page.removeEventListener('visibilitychange', onVisibility);
  };
}
