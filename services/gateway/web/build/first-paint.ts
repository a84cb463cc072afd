import { compileSheet } from 'beasties/compiler';
import { createProcessor } from 'beasties/runtime';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Plugin, runnerImport } from 'vite';

/**
 * Has the page paint before anything but itself has come: it carries what it shows until its script is there, which
 * Preact takes up as it is, and the styles of that. All other styles come beside the script, which waits for them.
 */
export function firstPaint(): Plugin {
  let root: string;
  return {
    name: 'first-paint',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle, chunk }) {
        const opening = `<div id="app">${await openingMarkup(root)}</div>`;
        let page = replaceOnce(html, '<div id="app"></div>', opening);
        for (const file of chunk?.viteMetadata?.importedCss ?? []) {
          const css = bundle?.[file];
          if (css?.type !== 'asset') throw new Error(`the build has no style sheet ${file}`);
          const link = `<link rel="stylesheet" crossorigin href="/${file}">`;
          page = replaceOnce(page, link, `<style>${stylesOf(page, String(css.source))}</style>`);
          // Below what the page shows: browsers paint what is above a style sheet before that has come.
          page = replaceOnce(page, opening, `${opening}\n    ${link}`);
        }
        return page;
      },
    },
  };
}

/** As much of a style sheet as applies to the page. */
const stylesOf = (page: string, css: string): string =>
  createProcessor([compileSheet(css, { href: '' })]).extract(page).css;

async function openingMarkup(root: string): Promise<string> {
  const { module } = await runnerImport<typeof import('../src/screens/opening.tsx')>(
    `${root}/src/screens/opening.tsx`,
    { configFile: false, root, oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } },
  );
  return renderToString(h(module.FirstPaint, { text: '' }));
}

/** @throws Error when there is nothing to replace, since the page would come without it, and nobody would see why */
function replaceOnce(text: string, part: string, by: string): string {
  if (text.split(part).length !== 2) throw new Error(`the page does not hold ${part} once`);
  return text.replace(part, () => by);
}
