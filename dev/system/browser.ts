import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';

// Looking up its maker's hosts is all that a browser could do with the network here.
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Starts a Chromium without a window. @throws Error with the line to type where there is none */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  // Chromium refuses to run as root with its sandbox, which is how containers and CI run.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...quiet, ...sandbox] });
}
