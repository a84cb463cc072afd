import { afterAll, beforeAll, describe } from 'vitest';
import type { Runtime } from '../../dev/system/runtimes.ts';
import { clientCases } from './cases/clients.ts';
import { endingCases } from './cases/ending.ts';
import { jobCases } from './cases/jobs.ts';
import { operatingCases } from './cases/operating.ts';
import { playingCases } from './cases/playing.ts';
import { watchingCases } from './cases/watching.ts';
import { expectCleanEnd } from './clean-end.ts';
import { Scene } from './scene.ts';

/** Everything is up after so long on a machine that is busy with the other runtimes, too, in ms. */
const startMs = 120_000;

/** What holds on every runtime, all four services running on this one. */
export function runCasesOn(runtime: Runtime): void {
  describe(`on ${runtime}`, { timeout: 60_000 }, () => {
    let scene: Scene;
    const theScene = () => scene;
    beforeAll(async () => {
      scene = await Scene.open(runtime);
    }, startMs);
    afterAll(async () => {
      await scene.close();
      expectCleanEnd(scene.services);
    });

    playingCases(theScene);
    watchingCases(theScene);
    operatingCases(theScene);
    clientCases(theScene);
    jobCases(theScene);
    endingCases(theScene);
  });
}
