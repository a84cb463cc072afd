import { findOnPath, isProgram, runCommand } from './command.ts';
import { findDistribution } from './distribution.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApps = ['Google Chrome', 'Chromium'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);

/**
 * Finds a Chromium or Chrome for the tests in a browser: `CHROMIUM_PATH`, or one in a usual place. As root on
 * Debian, which is how containers and CI run, one is installed.
 *
 * @returns the full path of its program
 * @throws Error with the line to type where there is none
 */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (await isProgram(given)) return given;
    throw new Error(`CHROMIUM_PATH names no program: ${given}`);
  }
  const found = (await findInstalled()) ?? ((await mayInstall()) ? await install() : undefined);
  if (found) return found;
  throw new Error(`There is no Chromium on this machine. Install one:
  macOS:   brew install --cask google-chrome
  Debian:  sudo apt-get install chromium
Or say where it is:
  CHROMIUM_PATH=/path/to/chromium npm test`);
}

async function findInstalled(): Promise<string | undefined> {
  const onPath = await findOnPath(...names);
  if (onPath) return onPath;
  for (const path of macApps) if (await isProgram(path)) return path;
  return undefined;
}

/** Ubuntu's package is a snap, which does not run in containers. */
async function mayInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findDistribution())?.name === 'debian';
}

async function install(): Promise<string | undefined> {
  process.stderr.write('There is no Chromium here: installing the package "chromium" (about a minute).\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt may be at work; it has two minutes to finish.
  const aptGet = (...args: string[]) =>
    runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env });
  await aptGet('update');
  await aptGet('install', '--yes', '--no-install-recommends', 'chromium');
  return findInstalled();
}
