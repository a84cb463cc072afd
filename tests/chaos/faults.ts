import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, now, type ValkeyFault } from './history.ts';
import { type PlannedFault, recoveryMs } from './schedule.ts';
import type { Actor, Stage } from './stage.ts';
import type { WorstMoment } from './worst-moment.ts';

/** A fault whose time has come waits for the one before it to be made good, but for no longer than this, in ms. */
const patienceMs = 4_000;
/** So long after Valkey is back the services may look for it undisturbed, in ms. */
const afterValkeyMs = 1_500;

/** Carries out a schedule, and writes down when each fault really began and was made good. */
export class Faults {
  readonly done: Fault[] = [];
  /** Faults that were left out, since the one before them took longer than planned. */
  leftOut = 0;
  readonly #stage: Stage;
  readonly #worst: WorstMoment;
  readonly #failed: (error: Error) => void;
  /** When something of this kind may fail next, by `now`; infinity while something fails. */
  readonly #free = new Map<string, number>();
  readonly #underWay = new Set<Promise<void>>();

  /** @param failed is told when a fault cannot be made good: then the run is of no use */
  constructor(stage: Stage, worst: WorstMoment, failed: (error: Error) => void) {
    this.#stage = stage;
    this.#worst = worst;
    this.#failed = failed;
  }

  /** Resolves when all are made good, or soon after the signal. */
  async carryOut(schedule: PlannedFault[], signal: AbortSignal): Promise<void> {
    const startedAt = now();
    for (const planned of schedule) {
      await sleep(Math.max(0, startedAt + planned.at - now()), undefined, { signal }).catch(() => {});
      if (signal.aborted) break;
      const work: Promise<void> = this.#begin(planned, startedAt, signal)
        .catch(this.#failed)
        .finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    }
    await Promise.all(this.#underWay);
  }

  async #begin(planned: PlannedFault, startedAt: number, signal: AbortSignal): Promise<void> {
    const isOfValkey = planned.target === 'valkey' || planned.target === 'slots';
    const kind = isOfValkey ? 'valkey' : (planned.target.split(' ')[0] as string);
    const giveUpAt = startedAt + planned.at + patienceMs;
    while (!this.#mayFail(kind)) {
      if (now() > giveUpAt || signal.aborted) {
        this.leftOut++;
        return;
      }
      await sleep(50);
    }
    this.#free.set(kind, Number.POSITIVE_INFINITY);
    const { what, target } = planned;
    const fault: Fault = { what, target, from: now(), until: Number.POSITIVE_INFINITY };
    this.done.push(fault);
    await (isOfValkey
      ? this.#stage.valkey.fail(planned.what as ValkeyFault, planned.forMs)
      : this.#failService(planned));
    fault.until = now();
    this.#free.set(kind, fault.until + (kind === 'valkey' ? afterValkeyMs : recoveryMs));
  }

  /** Nothing begins to fail while Valkey is out, or another of the same kind is not well. */
  #mayFail(kind: string): boolean {
    const isFree = (each: string) => (this.#free.get(each) ?? 0) <= now();
    return isFree(kind) && isFree('valkey');
  }

  async #failService({ what, target, forMs, delayMs }: PlannedFault): Promise<void> {
    const actor = this.#stage.actors.get(target) as Actor;
    const link = what.endsWith('players') ? actor.toPlayers : actor.toValkey;
    const { process } = actor.service;
    const isMatchmaker = actor.kind === 'matchmaker';
    if (isMatchmaker && what !== 'stall') await this.#worst.announcing();
    switch (what) {
      case 'kill':
        return this.#stage.restart(actor, 'SIGKILL', forMs);
      case 'restart':
        return this.#stage.restart(actor, 'SIGTERM', forMs);
      case 'sleep':
        process.kill('SIGSTOP');
        await sleep(forMs);
        process.kill('SIGCONT');
        return;
      case 'cut':
      case 'cut players':
        link?.cut();
        return;
      case 'delay':
      case 'delay players':
        link?.delay(delayMs);
        await sleep(forMs);
        link?.delay(0);
        return;
      case 'stall':
      case 'stall players':
        if (link && isMatchmaker) await this.#worst.committing(link);
        else link?.stall();
        await sleep(forMs);
        link?.flow();
    }
  }
}
