import type { ContenderName } from '../contenders/contender.ts';

/** Who is measured unless told otherwise, in the order of their turns. */
export const usual = [
  'floor',
  'node',
  'bun',
  'original',
  'socketio',
  'colyseus',
] as const satisfies ContenderName[];

export const titles: Record<ContenderName, string> = {
  floor: 'floor',
  node: 'Overcookied on Node',
  bun: 'Overcookied on Bun',
  deno: 'Overcookied on Deno',
  original: "the original's design",
  socketio: 'socket.io',
  colyseus: 'Colyseus',
};

/** Everybody who can be measured. */
export const everybody = Object.keys(titles) as ContenderName[];

/** Those that are this system, on one runtime or another. */
export const isOurs = (name: ContenderName): boolean => ['node', 'bun', 'deno'].includes(name);

/** What may not be forgotten when figures are compared. */
export const captions: Record<ContenderName, string> = {
  floor: 'relays, keeps nothing',
  node: 'every click counted once',
  bun: 'every click counted once',
  deno: 'every click counted once',
  original: 'kept, some clicks dropped',
  socketio: 'score kept',
  colyseus: 'one process, nothing kept',
};
