/**
 * The name of every key and channel in Valkey, in one place.
 *
 * Braces are literal: they are the hash tag, so that all keys that one script touches share a slot and the
 * same code runs on one node and on a cluster. No other module spells a key.
 */

/** Due times are spread over this many sorted sets, so that a cluster shares them out over its nodes. */
export const dueShards = 16;

const queue = 'overcookied:{matchmaking}';

export const keys = {
  /** Sorted set: waiting players, score = when they joined (ms). */
  queue: `${queue}:queue`,
  /** Hash: player id → ticket (JSON). */
  tickets: `${queue}:tickets`,
  /** String: token of whoever pairs now. */
  lock: `${queue}:lock`,
  /** String: counter raised with every taking of the lock. */
  fence: `${queue}:fence`,
  /** Hash: room id → pair taken out of the queue whose match is not yet announced (JSON). */
  pending: `${queue}:pending`,
  /** Hash: two players who meet by a code: who waits, and until when. */
  party: (code: string) => `${queue}:party:${code}`,
  /** List: how long the one who waited longer had waited in the latest pairs (ms), newest first. */
  waits: `${queue}:waits`,
  /** String: there while a practice bot is to be had. */
  practiceReady: 'overcookied:practice:ready',
  /** Hash: a match. */
  game: (roomId: string) => `overcookied:game:{${roomId}}`,
  /** Sharded channel: a match's events. */
  gameEvents: (roomId: string) => `overcookied:game:{${roomId}}:events`,
  /** String: how both sides stood in each step of a match, in bytes. */
  gameSteps: (roomId: string) => `overcookied:game:{${roomId}}:steps`,
  /** String: a match's golden cookies and who claimed them. */
  gameGoldens: (roomId: string) => `overcookied:game:{${roomId}}:goldens`,
  /** Sharded channel: what one gateway is to know. */
  notify: (gatewayId: string) => `overcookied:match:notify:{${gatewayId}}`,
  /** String: that a service could write lately, where the due times of this shard are. */
  check: (shard: number) => `overcookied:check:{${shard}}`,
  /** Sorted set: service's id → its latest sign of life (ms). */
  instanceSigns: 'overcookied:{instances}:signs',
  /** Hash: service's id → what it says of itself (JSON). */
  instances: 'overcookied:{instances}:told',
  /** Sorted set: gateway id → its latest sign of life (ms). */
  gateways: 'overcookied:gateways',
  /** Hash: player id → number of the connection that this gateway holds. */
  connections: (gatewayId: string) => `overcookied:gateway:{${gatewayId}}:connections`,
  /** String: when somebody may do again all that a limit allows (ms). `who` is an address, or a player's id. */
  limit: (limit: string, who: string) => `overcookied:limit:{${limit}:${who}}`,
  /** Hash: gateway id → how many connections it has from an address. */
  addressConnections: (address: string) => `overcookied:limit:{connections:${address}}`,
  /** Hash: where a player is. */
  presence: (playerId: string) => `overcookied:presence:{${playerId}}`,
  /** String: who may open one WebSocket (JSON), by the hash of the ticket. */
  ticket: (hash: string) => `overcookied:ticket:{${hash}}`,
  /** String: who has signed in for a page on another origin (JSON), by the hash of the code that it was given. */
  loginCode: (hash: string) => `overcookied:login:{${hash}}`,
  /** Sorted set: room id → when it next needs its clock (ms). */
  due: (shard: number) => `overcookied:due:{${shard}}`,
  /** Hash on the records' Valkey: profile, rating and totals. */
  player: (playerId: string) => `overcookied:player:{${playerId}}`,
  /** List on the records' Valkey: latest results, newest first. */
  history: (playerId: string) => `overcookied:history:{${playerId}}`,
  /** Sorted set on the records' Valkey: ids of the games recorded for a player, score = when they ended (ms). */
  recorded: (playerId: string) => `overcookied:history:{${playerId}}:recorded`,
  /** String on the records' Valkey: how a match went, as `replay.ts` packs it. */
  replay: (roomId: string) => `overcookied:replay:{${roomId}}`,
  /** Sorted set on the records' Valkey: player id → points. `board` is `alltime`, `weekly:2026-W48` or `rating`. */
  leaderboard: (board: string) => `overcookied:leaderboard:${board}`,
  /** Hash beside the board of ratings: player id → how many matches had led to the rating that is there. */
  ratedMatches: '{overcookied:leaderboard:rating}:matches',
  /** BullMQ's prefix for one queue: the hash tag keeps all keys of a queue in one slot, as its scripts need. */
  jobs: (queueName: string) => `overcookied:jobs:{${queueName}}`,
} as const;

/** Which of the due-time sets a room is in: FNV-1a over the room id, spread evenly over `dueShards`. */
export function dueShard(roomId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < roomId.length; i++) {
    hash = Math.imul(hash ^ roomId.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % dueShards;
}
