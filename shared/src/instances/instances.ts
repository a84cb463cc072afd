/** Which services run, for an operator to see: each says so now and then. Nothing depends on it. */
import * as z from 'zod/mini';
import { keys } from '../keys.ts';
import { Script } from '../script.ts';
import type { Valkey } from '../valkey.ts';

/** A service that was silent for so long is forgotten, in ms; until then it can be seen that it is missing. */
const rememberedMs = 3_600_000;

const signScript = new Script<null>('instance_sign', [new URL('sign.lua', import.meta.url)], 2);

/** What a service says of itself. */
export const Instance = z.object({
  service: z.string(),
  /** As in its logs. */
  name: z.string(),
  host: z.string(),
  /** Of the source that it runs; '' when it was not told. */
  revision: z.string(),
  uptimeSeconds: z.number(),
  /** What keeps it from being ready. */
  problems: z.array(z.string()),
  /** What it has in hand, by name. */
  load: z.record(z.string(), z.number()),
});
export type Instance = z.infer<typeof Instance>;

/** A service as others see it. */
export interface SeenInstance extends Instance {
  /** How long ago it gave its latest sign of life, in ms. */
  silentMs: number;
}

/** The service lives. @param id of this process */
export async function sign(valkey: Valkey, id: string, instance: Instance): Promise<void> {
  await signScript.run(
    valkey,
    [keys.instanceSigns, keys.instances],
    id,
    JSON.stringify(instance),
    rememberedMs,
  );
}

/** The service ends, and is not missed. */
export async function signOff(valkey: Valkey, id: string): Promise<void> {
  await Promise.all([valkey.zrem(keys.instanceSigns, id), valkey.hdel(keys.instances, id)]);
}

/** All services that have given a sign of life within the last hour, by kind and name. */
export async function readInstances(valkey: Valkey): Promise<SeenInstance[]> {
  const [signs, told, [seconds, micros]] = await Promise.all([
    valkey.zrange(keys.instanceSigns, 0, '-1', 'WITHSCORES'),
    valkey.hgetall(keys.instances),
    valkey.time(),
  ]);
  const now = Number(seconds) * 1_000 + Number(micros) / 1_000;
  const instances: SeenInstance[] = [];
  for (let i = 0; i < signs.length; i += 2) {
    const instance = parse(told[signs[i] ?? '']);
    if (instance) instances.push({ ...instance, silentMs: Math.max(0, now - Number(signs[i + 1])) });
  }
  return instances.sort((a, b) => a.service.localeCompare(b.service) || a.name.localeCompare(b.name));
}

/** @returns undefined for one that has signed off in between, or is of a version that says it in another way */
function parse(text: string | undefined): Instance | undefined {
  try {
    return Instance.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
