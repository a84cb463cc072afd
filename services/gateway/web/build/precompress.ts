import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const text = /\.(css|html|js|svg|webmanifest)$/;

/** Lays files beside what is built that hold the same compressed, for the gateway to serve as they are. */
export function precompress(): Plugin {
  let dir: string;
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      dir = resolve(config.root, config.build.outDir);
    },
    // After all others that write, and not at once with them.
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = await readdir(dir, { recursive: true });
        await Promise.all(files.filter((file) => text.test(file)).map((file) => compress(join(dir, file))));
      },
    },
  };
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
}
