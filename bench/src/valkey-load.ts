/** What Valkey says of its own work. */
import { createHash } from 'node:crypto';
import { keys } from '@overcookied/shared/keys.ts';
import { scriptDefinitions } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** A command that held Valkey for long. */
export interface SlowCommand {
  /** Of the script, or of the command. */
  name: string;
  ms: number;
}

/** From here on a command is written down, in µs. */
export const slowUs = 1_000;

/** How much of a processor Valkey has used since its start, in seconds. */
export async function valkeyCpuSeconds(valkey: Valkey): Promise<number> {
  const text = await valkey.info('cpu');
  return ['used_cpu_user', 'used_cpu_sys'].reduce((sum, field) => sum + Number(fieldOf(text, field)), 0);
}

/** How much memory the system has given it, in bytes. */
export async function valkeyMemoryBytes(valkey: Valkey): Promise<number> {
  return Number(fieldOf(await valkey.info('memory'), 'used_memory_rss'));
}

/** As in `Valkey 8.0.1`. */
export async function valkeyVersion(valkey: Valkey): Promise<string> {
  const text = await valkey.info('server');
  const version = text.match(/^valkey_version:(\S+)/m)?.[1];
  return version === undefined ? `Redis ${fieldOf(text, 'redis_version')}` : `Valkey ${version}`;
}

/** From now on slow commands are written down, and those of before are forgotten. */
export async function watchSlowCommands(valkey: Valkey): Promise<void> {
  await valkey.config('SET', 'slowlog-log-slower-than', String(slowUs), 'slowlog-max-len', '100000');
  await valkey.slowlog('RESET');
}

/** The slow commands, slowest first. */
export async function slowCommands(valkey: Valkey): Promise<SlowCommand[]> {
  const entries = (await valkey.slowlog('GET', -1)) as [unknown, unknown, number, string[]][];
  return entries
    .map(([, , us, args]) => ({ name: nameOf(args), ms: us / 1_000 }))
    .sort((a, b) => b.ms - a.ms);
}

/** What a command is called: a script by its name, and one of BullMQ's by that it is one. */
export function nameOf([command = '', hash = '', , firstKey = '']: string[]): string {
  const name = command.toLowerCase();
  if (!name.startsWith('eval')) return name;
  const known = Object.entries(scriptDefinitions).find(([, { lua }]) => lua === hash || sha1(lua) === hash);
  if (known) return known[0];
  return firstKey.startsWith(keys.jobs('').slice(0, -'{}'.length)) ? 'a script of BullMQ' : `script ${hash}`;
}

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/** A field of what `INFO` tells. @throws Error when it is not there */
export function fieldOf(info: string, field: string): string {
  const value = info.match(new RegExp(`^${field}:(\\S+)`, 'm'))?.[1];
  if (value === undefined) throw new Error(`Valkey does not tell ${field}`);
  return value;
}
