import type { ContenderName } from '../../contenders/contender.ts';
import { figure } from '../../markdown.ts';
import { fromZero, steps } from '../../plots/axis.ts';
import { drawLines } from '../../plots/lines.ts';
import { type ThemeName, themes } from '../../plots/theme.ts';
import type { ClickTraffic, TrafficRounds } from '../measures/traffic.ts';
import { titles } from '../names.ts';
import { medianOf } from '../reports/cell.ts';
import { colours } from './colours.ts';

/** What Valkey sends and does a click against the number of gateways. */
export function trafficPlot(all: TrafficRounds[], names: readonly ContenderName[], theme: ThemeName): string {
  const panel = (title: string, of: (traffic: ClickTraffic) => number) => {
    const measured = names.filter((name) => all.some(({ rounds }) => rounds[name]));
    const lines = measured.map((name) => ({
      name: titles[name],
      colour: colours[theme][name],
      points: all.flatMap(({ gateways, rounds }) => {
        const value = medianOf(rounds, name, of);
        return value === undefined ? [] : [[gateways, Math.max(0, value)] as [number, number]];
      }),
    }));
    const values = lines.flatMap(({ points }) => points.map(([, y]) => y));
    return { title, lines, y: fromZero(values, (value) => figure(value, value % 1 ? 1 : 0)) };
  };
  return drawLines(
    {
      title: "Valkey's traffic per click",
      x: {
        title: 'gateways',
        ...steps(
          all.map(({ gateways }) => gateways),
          String,
        ),
      },
      panels: [
        panel('bytes that Valkey sends', ({ bytesOut }) => bytesOut),
        panel('commands that clients send it', ({ calls }) => calls),
      ],
    },
    themes[theme],
  );
}
