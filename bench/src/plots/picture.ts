import type { ThemeName } from './theme.ts';

/** Draws a plot for both grounds, under the file names that `picture` looks for. */
export const bothThemes = (name: string, draw: (theme: ThemeName) => string): Record<string, string> => ({
  [`${name}-light.svg`]: draw('light'),
  [`${name}-dark.svg`]: draw('dark'),
});

/** The plot in a page, as HTML in Markdown: the one that suits the reader's ground. @param path without theme and `.svg` */
export const picture = (path: string, alt: string): string => `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${path}-dark.svg">
  <img alt="${alt}" src="${path}-light.svg">
</picture>`;
