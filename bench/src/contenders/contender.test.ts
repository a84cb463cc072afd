import { expect, test } from 'vitest';
import { onStage } from '../stage.ts';
import { Contender, type ContenderName } from './contender.ts';

const names: ContenderName[] = ['floor', 'node', 'original', 'socketio', 'colyseus'];
/** Those that keep the score. */
const keepsScore = (name: ContenderName) => name !== 'floor';

test.for(names)(
  '%s: each click at one process is seen by the opponent at another, and counted',
  async (name) => {
    await onStage({}, new AbortController().signal, async (stage) => {
      const contender = await Contender.start(stage, name);
      const { load, begin } = await contender.connect(4);
      try {
        await begin();
        // Slowly: at the original's, clicks of both players at the same moment drop each other.
        const { clicks, unseen, latency } = await load.play({ clicksPerSecond: 20, seconds: 2 });
        expect([clicks, unseen]).toEqual([40, 0]);
        expect(latency.p50).toBeLessThan(100);
        await expect
          .poll(() => load.scores())
          .toEqual(
            Array(4).fill({ isOn: true, sent: 10, seen: 10, counted: keepsScore(name) ? 10 : undefined }),
          );
      } finally {
        await load.close();
      }
    });
  },
);
