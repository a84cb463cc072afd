import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Plugin, runnerImport } from 'vite';

/**
 * Has the page paint before anything but itself has come: it carries all its styles, and what the page shows until the
 * script is there. Preact takes that up as it is.
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
        const { importedCss } = chunk?.viteMetadata ?? { importedCss: new Set<string>() };
        const opening = await openingMarkup(root);
        let page = replaceOnce(html, '<div id="app"></div>', `<div id="app">${opening}</div>`);
        for (const file of importedCss) {
          const css = bundle?.[file];
          if (css?.type !== 'asset') throw new Error(`the build has no style sheet ${file}`);
          page = replaceOnce(page, linkTo(file), `<style>${css.source}</style>`);
          delete bundle?.[file];
        }
        // A chunk that is loaded later and imports this one would load the style sheet too, which is no more.
        importedCss.clear();
        return page;
      },
    },
  };
}

const linkTo = (file: string) => `<link rel="stylesheet" crossorigin href="/${file}">`;

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
