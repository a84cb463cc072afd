const end = '<!-- end -->';

/**
 * Puts text into a page, in the place of what the bench put there before.
 *
 * @param bench by whose name the place is marked
 * @throws Error when the page does not have both markers, each on a line of its own
 */
export function insertBetweenMarkers(page: string, text: string, bench: string): string {
  const begin = `<!-- measured: written by npm run bench -- ${bench} --write -->`;
  const [from, to] = [page.indexOf(`${begin}\n`), page.indexOf(`\n${end}\n`)];
  if (from < 0 || to < from) throw new Error(`the page lacks ${begin} or, after it, ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${text.trim()}\n${page.slice(to)}`;
}
