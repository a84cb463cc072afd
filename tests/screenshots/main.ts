/** What `npm run screenshots` runs: pictures of every screen, at the sizes of phones and desktops. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startValkey } from '../../dev/valkey/valkey.ts';
import { startStage } from '../browser/stage.ts';
import { tour, tourRules } from '../browser/tour/tour.ts';
import { OptionsError, oneOf, parse } from '../support/command-line.ts';

const languages = ['en', 'de'] as const;
const sizes = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
];

const usage = `Takes pictures of every screen: build the page first.

  npm run build && npm run screenshots -- [options]

  --language L   ${languages.join(' or ')} (default en)
  --out DIR      where they go (default screenshots)
  --help         this text
`;

try {
  const options = parse(process.argv.slice(2), ['language', 'out']);
  if (options === 'help') process.stdout.write(usage);
  else await takeAll(oneOf('language', options.language ?? 'en', languages), options.out ?? 'screenshots');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
process.exit();

async function takeAll(language: string, out: string): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-screenshots-'));
  const valkey = await startValkey({ dir, persist: false });
  const stage = await startStage(tourRules, { PRACTICE_AFTER_MS: '500' }, valkey.url);
  let taken = 0;
  try {
    await mkdir(out, { recursive: true });
    await tour({
      ...stage,
      locales: [language, language],
      viewport: sizes[0] as (typeof sizes)[number],
      visit: async (screen, page) => {
        for (const size of sizes) {
          await page.setViewportSize(size);
          const path = join(out, `${screen}-${size.width}x${size.height}.png`);
          await page.screenshot({ path });
          taken++;
        }
      },
    });
  } finally {
    await stage.stop();
    await valkey.stop();
    await rm(dir, { recursive: true, force: true });
  }
  process.stdout.write(`${taken} pictures in ${out}/\n`);
}
