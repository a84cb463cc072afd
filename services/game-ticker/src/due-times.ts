/** The due times as a ticker sees them: it takes what is due soon, under a lease, and says when it is due next. */
import { dueShard, dueShards, keys } from '@overcookied/shared/keys.ts';
import { Script } from '@overcookied/shared/script.ts';
import { isCluster, type Valkey } from '@overcookied/shared/valkey.ts';

const takeScript = (name: string, numberOfKeys: number) =>
  new Script<string[]>(name, [new URL('take.lua', import.meta.url)], numberOfKeys);
const scripts = { all: takeScript('due_take', dueShards), one: takeScript('due_take_one', 1) };

const allSets = Array.from({ length: dueShards }, (_, shard) => shard);
/** Connections to a node that has slots though its address does not say so: a cluster of one. */
const withSlots = new WeakSet<Valkey>();

export interface DueRoom {
  roomId: string;
  /** When it needs its clock, in ms by Valkey's. */
  due: number;
  /** When it comes due again for any ticker, in ms by Valkey's. No other taking has the same. */
  lease: number;
}

/** What is to be noted of a room that was taken. */
export interface Note {
  roomId: string;
  /**
   * Noted only while this lease stands: nothing changes if somebody has asked for the clock since, or another ticker has
   * taken the room. Undefined for what is so whoever has it.
   */
  lease: number | undefined;
  /** When it needs its clock next, in ms by Valkey's; undefined for never. */
  next: number | undefined;
}

export interface Taking {
  /** How far ahead to take what is due, in ms. */
  lookAheadMs: number;
  /** How long after its due time a room comes due again, if whoever took it does not say otherwise, in ms. */
  leaseMs: number;
  /** At most so many of each of the sets. */
  perSet: number;
}

/**
 * Notes what has become of rooms that were taken, and takes what is due within the look-ahead: a room that was noted to
 * be due so soon is taken at once. One call where it can be; where there are slots, one for each of the sets, of which
 * some may fail: then what was to be noted of theirs is lost, and these rooms come due again when their leases run out.
 *
 * @throws Error when all have failed
 */
export async function takeDue(
  valkey: Valkey,
  taking: Taking,
  notes: readonly Note[] = [],
): Promise<DueRoom[]> {
  if (isCluster(valkey) || withSlots.has(valkey)) return takeOneByOne(valkey, taking, notes);
  try {
    return await takeFrom(valkey, scripts.all, allSets, taking, notes);
  } catch (error) {
    if (!(error as Error).message.startsWith('CROSSSLOT')) throw error;
    withSlots.add(valkey);
    return takeOneByOne(valkey, taking, notes);
  }
}

/** Notes what has become of rooms that were taken, and takes nothing. */
export async function note(valkey: Valkey, notes: readonly Note[]): Promise<void> {
  if (notes.length > 0) await takeDue(valkey, { lookAheadMs: 0, leaseMs: 0, perSet: 0 }, notes);
}

async function takeOneByOne(valkey: Valkey, taking: Taking, notes: readonly Note[]): Promise<DueRoom[]> {
  const ofSet = Map.groupBy(notes, ({ roomId }) => dueShard(roomId));
  const answers = await Promise.allSettled(
    allSets.map((set) => takeFrom(valkey, scripts.one, [set], taking, ofSet.get(set) ?? [])),
  );
  const taken = answers.filter((answer) => answer.status === 'fulfilled');
  const [first] = answers;
  if (taken.length === 0 && first?.status === 'rejected') throw first.reason;
  return taken.flatMap(({ value }) => value);
}

async function takeFrom(
  valkey: Valkey,
  script: Script<string[]>,
  sets: number[],
  { lookAheadMs, leaseMs, perSet }: Taking,
  notes: readonly Note[],
): Promise<DueRoom[]> {
  const noted = notes.flatMap(({ roomId, lease = '', next = '' }) => [
    sets.indexOf(dueShard(roomId)) + 1,
    roomId,
    lease,
    next,
  ]);
  const taken = await script.run(valkey, sets.map(keys.due), lookAheadMs, leaseMs, perSet, ...noted);
  const rooms: DueRoom[] = [];
  for (let i = 0; i + 2 < taken.length; i += 3)
    rooms.push({ roomId: taken[i] ?? '', due: Number(taken[i + 1]), lease: Number(taken[i + 2]) });
  return rooms;
}
