/** The class names of an arena, by what holds there: `{ hurry: true }` makes "arena arena--hurry". */
export function arenaClass(is: Readonly<Record<string, unknown>>): string {
  const states = Object.keys(is).filter((state) => is[state]);
  return ['arena', ...states.map((state) => `arena--${state}`)].join(' ');
}
