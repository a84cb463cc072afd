/** Histories to begin a test with. */
import { check } from './checker.ts';
import { HistoryMaker } from './history-maker.ts';

/** What is wrong with it, in the checker's words. */
export const wrong = (maker: HistoryMaker): string[] => check(maker.history).map(({ what }) => what);

/** These ask for a ranked match. */
export function join(at: number, maker: HistoryMaker, ...players: string[]): HistoryMaker {
  for (const player of players) maker.send(at, player, 'JOIN_QUEUE');
  return maker;
}

/** What `JOIN_QUEUE` carries of somebody who has a code. */
export const invite = (code: string) => ({ mode: 'private', code });

/** Ada and Bo are connected, and ask for a match. */
export const joined = (): HistoryMaker => join(100, new HistoryMaker().connect(0, 'ada', 'bo'), 'ada', 'bo');

/** And they get one, which ends at 1,100 ms. */
export const played = (): HistoryMaker => joined().match(200, 'R', 'ada', 'bo');
