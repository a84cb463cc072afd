import type { ContenderName } from '../../contenders/contender.ts';
import { progress } from '../../stage.ts';

/** What every measure is told. */
export interface Conditions {
  names: readonly ContenderName[];
  rounds: number;
  /** Takes seconds where the whole takes minutes. */
  quick: boolean;
  stop: AbortSignal;
  /** Takes a line down for the report: something did not go as it should. */
  note(line: string): void;
}

/** What to say, and to take down, of contenders that fail in a round of a measure. */
export const failures =
  ({ note }: Conditions, what: string) =>
  (name: ContenderName, round: number, error: Error): void => {
    const [line = ''] = error.message.split('\n');
    progress(`${what}: ${name} failed: ${error.message}`);
    note(`${what}, round ${round}: ${name} failed, with "${line}".`);
  };
