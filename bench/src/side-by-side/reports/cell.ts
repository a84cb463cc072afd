/** What tables say of a figure that each round has. */

import type { ContenderName } from '../../contenders/contender.ts';
import { middleOf, ratioOf } from '../../contenders/rounds.ts';
import { figure } from '../../markdown.ts';
import { paired, type Rounds, succeeded } from '../turns.ts';

/** A figure of one round, and how it is written. */
export interface Column<T> {
  title: string;
  of: (round: T) => number;
  text: (value: number) => string;
}

/** The median of one contender's rounds; undefined when it has none. */
export function medianOf<T>(
  rounds: Rounds<T>,
  name: ContenderName,
  of: (round: T) => number,
): number | undefined {
  const values = succeeded(rounds[name]).map(of);
  return values.length > 0 ? middleOf(values).median : undefined;
}

/** The median of how many times the floor of the same round it was; undefined where there is nothing to compare. */
export function timesFloor<T>(
  rounds: Rounds<T>,
  name: ContenderName,
  of: (round: T) => number,
): number | undefined {
  const { own, floor } = paired(rounds[name], rounds.floor);
  return own.length > 0 ? ratioOf(own.map(of), floor.map(of)).median : undefined;
}

/** As in `0.53 (0.50–0.61)`: the median, the least and the most. */
export function spread<T>(rounds: Rounds<T>, name: ContenderName, { of, text }: Column<T>): string {
  const values = succeeded(rounds[name]).map(of);
  if (values.length === 0) return '–';
  const { median, least, most } = middleOf(values);
  return text(least) === text(most) ? text(median) : `${text(median)} (${text(least)}–${text(most)})`;
}

/** As in `0.53 (0.50–0.61), 1.20×`: with the median of how many times the floor, but for the floor itself. */
export function cell<T>(rounds: Rounds<T>, name: ContenderName, column: Column<T>): string {
  const ratio = name === 'floor' ? undefined : timesFloor(rounds, name, column.of);
  return `${spread(rounds, name, column)}${ratio === undefined ? '' : `, ${times(ratio)}`}`;
}

/** As in `1.20×`, `15×`. */
export const times = (ratio: number): string => `${figure(ratio, ratio < 10 ? 2 : ratio < 100 ? 1 : 0)}×`;
