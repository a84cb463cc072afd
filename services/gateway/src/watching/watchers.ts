import { setTimeout as sleep } from 'node:timers/promises';
import { closeCode } from '@overcookied/shared/protocol.ts';
import { cutOff, goingAway, spread } from '../departure.ts';
import { Pulse } from '../pulse.ts';
import type { Room } from '../room.ts';
import type { Rooms } from '../rooms.ts';
import type { Watcher } from './watcher.ts';

/** Everyone who watches by this gateway. */
export class Watchers {
  readonly #rooms: Rooms;
  readonly #mostPerMatch: number;
  readonly #watchers = new Set<Watcher>();
  readonly #pulse = new Pulse();
  #stopping = false;

  constructor(rooms: Rooms, mostPerMatch: number) {
    this.#rooms = rooms;
    this.#mostPerMatch = mostPerMatch;
    this.#pulse.start();
  }

  get size(): number {
    return this.#watchers.size;
  }

  /** @returns where the watcher is now; undefined when it has been told why it is not to be here */
  open(roomId: string, watcher: Watcher): Room | undefined {
    if (this.#stopping) {
      watcher.sendAway(closeCode.serviceRestart, goingAway);
      return undefined;
    }
    const room = this.#rooms.open(roomId);
    if (room.watchers >= this.#mostPerMatch) {
      watcher.refuse();
      return undefined;
    }
    this.#watchers.add(watcher);
    this.#pulse.add(watcher);
    room.watch(watcher);
    return room;
  }

  close(watcher: Watcher): void {
    if (this.#watchers.delete(watcher)) this.#pulse.remove(watcher);
  }

  /**
   * Sends everyone to other gateways, one after the other. Resolves when they are gone.
   *
   * @param overMs how long it takes, in ms, if anybody is here
   */
  async stop(overMs: number): Promise<void> {
    this.#stopping = true;
    await spread([...this.#watchers], overMs, (watcher) =>
      watcher.sendAway(closeCode.serviceRestart, goingAway),
    );
    while (this.#watchers.size > 0) await sleep(10);
    this.#pulse.stop();
  }

  /** Cut off from Valkey: another gateway may know how the match goes. */
  sendElsewhere(): void {
    for (const watcher of [...this.#watchers]) watcher.sendAway(closeCode.tryAgainLater, cutOff);
  }
}
