/** What `npm run icons` runs: draws icon.svg in the sizes that launchers ask for, as they are in public/icons. */
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../../../../dev/system/browser.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** `round` is cut like an icon; of the others each launcher cuts its own shape. */
const icons = [
  { name: 'icon-192.png', size: 192, round: true },
  { name: 'icon-512.png', size: 512, round: true },
  { name: 'maskable-512.png', size: 512, round: false },
  { name: 'apple-touch-icon.png', size: 180, round: false },
];

const svg = await readFile(here('icon.svg'), 'utf8');
await mkdir(here('../public/icons'), { recursive: true });
const browser = await launchBrowser();
try {
  for (const { name, size, round } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const shape = round ? 'border-radius: 22%' : '';
    await page.setContent(`<style>body { margin: 0 } svg { display: block; ${shape} }</style>${svg}`);
    await page.screenshot({ path: here(`../public/icons/${name}`), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
