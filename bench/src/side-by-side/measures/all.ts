import { onStage } from '../../stage.ts';
import type { MeasureName } from '../options.ts';
import type { Measured } from '../results.ts';
import { measureCapacity } from './capacity.ts';
import { measureRates, warmUp } from './clicks.ts';
import type { Conditions } from './conditions.ts';
import { measureSockets } from './memory.ts';
import { Running } from './running.ts';
import { measureTraffic } from './traffic.ts';

/** How long and how much everything is measured, in the whole bench and the quick one. */
const whole = {
  warmUp: 6,
  clicks: { rates: [500, 2_000, 4_000, 8_000], seconds: 3 },
  capacity: { seconds: 2 },
  traffic: { gateways: [2, 4, 8, 16], seconds: 2 },
  memory: { sockets: 4_000, settleMs: 3_000, rounds: 3 },
};
const quick: typeof whole & { capacity: { tries?: number } } = {
  warmUp: 2,
  clicks: { rates: [500, 2_000, 4_000, 8_000], seconds: 1 },
  capacity: { seconds: 1, tries: 2 },
  traffic: { gateways: [2, 8], seconds: 1 },
  memory: { sockets: 1_000, settleMs: 1_000, rounds: 1 },
};

/** Measures these, one after the other. */
export async function measureAll(conditions: Conditions, only: readonly MeasureName[]): Promise<Measured> {
  const extent = conditions.quick ? quick : whole;
  const wants = (name: MeasureName) => only.includes(name);
  const measured: Measured = {};
  if (wants('clicks') || wants('capacity')) {
    await onStage({ areServicesFirst: true }, conditions.stop, async (stage) => {
      const running = await Running.start(stage, conditions.names);
      await warmUp(conditions, stage, running, extent.warmUp);
      if (wants('clicks')) measured.clicks = await measureRates(conditions, stage, running, extent.clicks);
      if (wants('capacity'))
        measured.capacity = await measureCapacity(conditions, stage, running, extent.capacity);
      await running.stop();
    });
  }
  if (wants('traffic')) measured.traffic = await measureTraffic(conditions, extent.traffic);
  if (wants('memory')) measured.memory = await measureSockets(conditions, extent.memory);
  return measured;
}
