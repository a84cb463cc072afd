import { expect } from 'vitest';
import type { TestService } from '../support/service.ts';

/** Services that have ended did so by themselves, and had nothing to complain of. */
export function expectCleanEnd(services: readonly TestService[]): void {
  for (const { process, complaints, stderr } of services) {
    // On a machine that is busy with other runtimes, Valkey or a gateway may be waited for in vain.
    const ownTroubles = complaints.filter(
      ({ valkey, gateway }) => valkey === undefined && gateway === undefined,
    );
    expect([process.exitCode, ownTroubles, stderr]).toEqual([0, [], '']);
  }
}
