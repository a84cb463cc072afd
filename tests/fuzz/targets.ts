import type fc from 'fast-check';
import { eventCase, runEventCase } from './targets/events.ts';
import { frameCase, runFrameCase } from './targets/frames.ts';
import { handshakeCase, runHandshakeCase } from './targets/handshakes.ts';
import { httpCase, runHttpCase } from './targets/http.ts';
import { runSignInCase, signInCase } from './targets/sign-in.ts';
import type { World } from './world.ts';

/** A part of the system that is fuzzed. */
export interface Target<T = unknown> {
  arbitrary: fc.Arbitrary<T>;
  /** @throws Violation */
  run(world: World, value: T): Promise<void>;
  /** How many of its cases come in a round of all. */
  share: number;
}

const target = <T>(
  arbitrary: fc.Arbitrary<T>,
  run: (world: World, value: T) => Promise<void>,
  share: number,
) => ({ arbitrary, run, share }) as Target;

export const targets = {
  frames: target(frameCase, runFrameCase, 20),
  http: target(httpCase, runHttpCase, 10),
  handshakes: target(handshakeCase, runHandshakeCase, 5),
  signin: target(signInCase, runSignInCase, 2),
  events: target(eventCase, runEventCase, 2),
} satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;
