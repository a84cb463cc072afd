import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { minify, type Plugin, transformWithOxc } from 'vite';

/** Writes the service worker, which is one file and knows all that the page is made of by its name or its hash. */
export function serviceWorker(): Plugin {
  let root: string;
  let dir: string;
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      dir = resolve(root, config.build.outDir);
    },
    async writeBundle() {
      const source = join(root, 'src/service-worker.ts');
      const { code } = await transformWithOxc(await readFile(source, 'utf8'), source);
      const page = createHash('sha256').update(await readFile(join(dir, 'index.html')));
      const files = (await readdir(join(dir, 'assets'))).map((file) => `/assets/${file}`).sort();
      const shell = { page: `sha256-${page.digest('base64')}`, files };
      const worker = await minify('service-worker.js', `const shell = ${JSON.stringify(shell)};\n${code}`);
      await writeFile(join(dir, 'service-worker.js'), worker.code);
    },
  };
}
