/** What `npm start` runs: the whole game on this machine, until Ctrl-C. */
import { join } from 'node:path';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { readJwtSecret } from './launcher/jwt-secret.ts';
import { launch } from './launcher/launch.ts';
import { assertPortsFree, basePort, servicesFrom } from './launcher/services.ts';
import { localFolder } from './system/local-folder.ts';

const { stop, kill } = stopSignals();
try {
  const base = basePort(process.env);
  await assertPortsFree(base);
  const services = servicesFrom(base);
  const addresses = services
    .filter(({ name }) => name.startsWith('gateway'))
    .map(({ port }) => `  http://localhost:${port}\n`);
  await launch({
    services,
    env: { ...process.env, JWT_SECRET: process.env.JWT_SECRET || (await readJwtSecret(localFolder)) },
    dataDir: join(localFolder, 'data'),
    onReady: () =>
      process.stdout.write(
        `\nOvercookied is ready. Open two windows, one on each gateway:\n\n${addresses.join('')}\nCtrl-C stops everything.\n\n`,
      ),
    stop,
    kill,
  });
} catch (error) {
  if (!stop.aborted) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
process.exit();
