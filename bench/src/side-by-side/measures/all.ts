import { onStage, progress } from '../../stage.ts';
import type { MeasureName } from '../options.ts';
import type { Measured } from '../results.ts';
import { measureCapacity } from './capacity.ts';
import { measureRates, warmUp } from './clicks.ts';
import { measureClocks, measureMatchmaking } from './clock.ts';
import type { Conditions } from './conditions.ts';
import { extents } from './extents.ts';
import { measureSockets } from './memory.ts';
import { measureRest } from './rest.ts';
import { Running } from './running.ts';
import { measureKills } from './survival.ts';
import { measureTraffic } from './traffic.ts';

/** Measures these, one after the other. One that fails is noted, and does not take what was measured before with it. */
export async function measureAll(conditions: Conditions, only: readonly MeasureName[]): Promise<Measured> {
  const extent = extents[conditions.quick ? 'quick' : 'whole'];
  const measured: Measured = {};
  const attempt = async (names: readonly MeasureName[], measure: () => Promise<void>) => {
    conditions.stop.throwIfAborted();
    if (!names.some((name) => only.includes(name))) return;
    const begunAt = performance.now();
    try {
      await measure();
    } catch (error) {
      conditions.stop.throwIfAborted();
      const { stack = '', message } = error as Error;
      progress(`${names} failed: ${stack}`);
      conditions.note(`${names}: failed, with "${message.split('\n')[0]}".`);
    }
    progress(`${names}: ${Math.round((performance.now() - begunAt) / 1_000)} s`);
  };
  await attempt(['clicks', 'capacity'], () =>
    onStage({ areServicesFirst: true }, conditions.stop, async (stage) => {
      const running = await Running.start(stage, conditions.names);
      await warmUp(conditions, stage, running, extent.warmUpSeconds);
      if (only.includes('clicks'))
        measured.clicks = await measureRates(conditions, stage, running, extent.clicks);
      if (only.includes('capacity'))
        measured.capacity = await measureCapacity(conditions, stage, running, {
          ...extent.capacity,
          known: measured.clicks ?? [],
        });
      await running.stop();
    }),
  );
  await attempt(['traffic'], async () => {
    measured.traffic = await measureTraffic(conditions, extent.traffic);
  });
  await attempt(['rest'], async () => {
    measured.rest = await measureRest(conditions, extent.rest);
  });
  await attempt(['memory'], async () => {
    measured.memory = await measureSockets(conditions, extent.memory);
  });
  await attempt(['survival'], async () => {
    measured.survival = await measureKills(conditions, extent.survival);
  });
  await attempt(['clock'], async () => {
    measured.clock = await measureClocks(conditions, extent.clock);
  });
  await attempt(['matchmaking'], async () => {
    measured.matchmaking = await measureMatchmaking(conditions, extent.matchmaking);
  });
  return measured;
}
