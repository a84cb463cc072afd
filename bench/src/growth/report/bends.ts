import { table } from '../../markdown.ts';
import type { Bend } from '../bends.ts';
import { short } from './needs.ts';

/** Where one stack comes to an end, for each mix; in the order of the first. */
export function bendsReport(mixes: { name: string; bends: Bend[] }[]): string {
  const [first] = mixes;
  if (!first) throw new Error('nobody plays');
  const at = ({ least, most }: Bend) => (least === most ? short(least) : `${short(least)} to ${short(most)}`);
  return table(
    ['what breaks', 'kind', ...mixes.map(({ name }) => `at players, ${name}`), 'what is done'],
    first.bends.map((bend) => [
      bend.what,
      bend.kind,
      ...mixes.map(({ bends }) => {
        const same = bends.find(({ what }) => what === bend.what);
        return same ? at(same) : '–';
      }),
      bend.answer,
    ]),
  );
}
