import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Runtime } from '../../dev/system/runtimes.ts';
import { clientCases } from './cases/clients.ts';
import { endingCases } from './cases/ending.ts';
import { jobCases } from './cases/jobs.ts';
import { operatingCases } from './cases/operating.ts';
import { playingCases } from './cases/playing.ts';
import { Scene } from './scene.ts';

/** What holds on every runtime, all four services running on this one. */
export function runCasesOn(runtime: Runtime): void {
  describe(`on ${runtime}`, () => {
    let scene: Scene;
    const theScene = () => scene;
    beforeAll(async () => {
      scene = await Scene.open(runtime);
    });
    afterAll(async () => {
      await scene.close();
      for (const { process, complaints, stderr } of scene.services) {
        expect([process.exitCode, complaints, stderr]).toEqual([0, [], '']);
      }
    });

    playingCases(theScene);
    operatingCases(theScene);
    clientCases(theScene);
    jobCases(theScene);
    endingCases(theScene);
  });
}
