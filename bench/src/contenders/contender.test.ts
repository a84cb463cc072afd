import { expect, test } from 'vitest';
import { onStage } from '../stage.ts';
import { Contender, type ContenderName } from './contender.ts';

/** What each says of a player's ten clicks; the floor keeps no score. */
const counted: [ContenderName, number | undefined][] = [
  ['floor', undefined],
  ['node', 10],
  ['original', 10],
  ['socketio', 10],
  ['colyseus', 10],
];

test.for(counted)(
  '%s: each click at one process is seen by the opponent at another, and counted',
  { timeout: 60_000 },
  async ([name, score]) => {
    await onStage({}, new AbortController().signal, async (stage) => {
      const contender = await Contender.start(stage, name);
      const { load, begin } = await contender.connect(4);
      try {
        await begin();
        const { clicks, unseen } = await load.play({ clicksPerSecond: 20, seconds: 2 });
        expect([clicks, unseen]).toEqual([40, 0]);
        await expect
          .poll(() => load.scores())
          .toEqual(Array(4).fill({ isOn: true, sent: 10, counted: score, hasKept: true, seen: 10 }));
      } finally {
        await load.close();
      }
    });
  },
);
