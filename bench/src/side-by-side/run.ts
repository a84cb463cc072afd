import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { Contender, type ContenderName } from '../contenders/contender.ts';
import { machine } from '../machine.ts';
import { onStage, progress } from '../stage.ts';
import { valkeyVersion } from '../valkey-load.ts';
import { measureAll } from './measures/all.ts';
import type { Conditions } from './measures/conditions.ts';
import { readSideBySide } from './options.ts';
import { pageOf } from './page.ts';
import { describePlace } from './place.ts';
import { plotsOf } from './plots/plots.ts';
import type { Results } from './results.ts';

/** @throws OptionsError, HelpAsked */
export async function run(args: string[]): Promise<void> {
  const { quick, only, names: wanted, rounds, out } = readSideBySide(args);
  const { stop } = stopSignals();
  const placed = await describePlace();
  const notes: string[] = [];
  const note = (line: string) => notes.push(line);
  const { names, place } = await lookAround(wanted, stop, note);
  const conditions: Conditions = { names, rounds, quick, stop, note };
  const measured = await measureAll(conditions, only);
  const results: Results = { place: placed(place), names, quick, rounds, notes, ...measured };
  const plots = plotsOf(results);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
  await writeFile(join(out, 'README.md'), pageOf(results, Object.keys(plots)));
  for (const [name, svg] of Object.entries(plots)) await writeFile(join(out, name), svg);
  progress(`Written to ${out}`);
}

/** On what is measured, and which of the contenders start. */
async function lookAround(
  wanted: readonly ContenderName[],
  stop: AbortSignal,
  note: (line: string) => void,
): Promise<{ names: ContenderName[]; place: string }> {
  return onStage({ areServicesFirst: true }, stop, async (stage) => {
    const starting = wanted.map(async (name) => {
      try {
        await (await Contender.start(stage, name, 1)).stop();
        return [name];
      } catch (error) {
        if (name === 'floor') throw error;
        progress(`${name} does not start: ${(error as Error).message}`);
        note(`Not measured, since it does not start here: ${name}.`);
        return [];
      }
    });
    const names = (await Promise.all(starting)).flat();
    return { names, place: machine(await valkeyVersion(stage.valkey), stage.isValkeyFirst) };
  });
}
