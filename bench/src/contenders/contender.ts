import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { createMatch } from '@overcookied/shared/match/match.ts';
import { notify } from '@overcookied/shared/notify.ts';
import { assign, presenceTtlMs } from '@overcookied/shared/presence/presence.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import { Tokens } from '@overcookied/shared/tokens.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Runtime } from '../../../dev/system/runtimes.ts';
import { isPeer, type PeerName, type Service } from '../service.ts';
import { jwtSecret, type Stage } from '../stage.ts';
import { Load } from './load/load.ts';
import type { Seat } from './load/player.ts';
import { plainRules } from './plain-rules.ts';

/** The gateway on a runtime, or a peer, which runs on Node. */
export type ContenderName = Runtime | PeerName;

const tokens = new Tokens(jwtSecret);
/** So many matches are being made at any moment. */
const matchesAtOnce = 50;

/** Processes that hold players' sockets; the players of each match are at different ones. */
export class Contender {
  readonly name: ContenderName;
  readonly #valkey: Valkey;
  readonly #services: Service[];
  /** Tells players and matches of this group from those of earlier ones. */
  #groups = 0;

  private constructor(name: ContenderName, valkey: Valkey, services: Service[]) {
    this.name = name;
    this.#valkey = valkey;
    this.#services = services;
  }

  /** Resolves when all are ready. */
  static async start(
    stage: Pick<Stage, 'start' | 'valkey'>,
    name: ContenderName,
    processes = 2,
  ): Promise<Contender> {
    const start = () => (isPeer(name) ? stage.start(name) : stage.start('gateway', name));
    const services = await Promise.all(Array.from({ length: processes }, start));
    return new Contender(name, stage.valkey, services);
  }

  get pids(): number[] {
    return this.#services.map(({ pid }) => pid);
  }

  /**
   * Resolves when so many players are connected, and in no match.
   *
   * @param rules of the matches that they will play, where there are rules
   */
  async connect(players: number, rules: Rules = plainRules): Promise<Group> {
    const group = `${this.name}-${this.pids[0]}-${++this.#groups}`;
    const ids = Array.from({ length: players }, (_, i) => `${group}-${i}`);
    const load = await Load.open({
      servers: this.#services.map(({ url }) => url.replace('http://', '')),
      seats: await Promise.all(ids.map((id, i) => this.#seat(`${group}-${Math.floor(i / 2)}`, id, i))),
      dialect: isPeer(this.name) ? this.name : 'overcookied',
    });
    return {
      load,
      begin: async () => {
        await Promise.all([
          load.begin(),
          isPeer(this.name) ? undefined : this.#makeMatches(group, ids, rules),
        ]);
      },
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#services.map((service) => service.stop()));
  }

  /** Ends a process as a crash of its machine would, without a word. */
  async kill(index: number): Promise<void> {
    await this.#services[index]?.kill();
  }

  async #seat(match: string, id: string, i: number): Promise<Seat> {
    const seat = { match, role: i % 2 === 0 ? 'p1' : 'p2' } as const;
    if (isPeer(this.name)) return seat;
    return { ...seat, token: (await tokens.issue({ id, name: 'Somebody', picture: '', email: '' })).token };
  }

  /** As a matchmaker makes them, for players who are together already. */
  async #makeMatches(group: string, ids: string[], rules: Rules): Promise<void> {
    let next = 0;
    const some = async () => {
      for (let i = next++; i < ids.length / 2; i = next++)
        await this.#makeMatch(`${group}-${i}`, [ids[2 * i] ?? '', ids[2 * i + 1] ?? ''], rules);
    };
    await Promise.all(Array.from({ length: matchesAtOnce }, some));
  }

  async #makeMatch(roomId: string, [p1, p2]: [string, string], rules: Rules): Promise<void> {
    const player = (id: string) => ({ id, name: 'Somebody', picture: '' });
    const sides = { mode: 'ranked', p1: player(p1), p2: player(p2) } as const;
    const next = await createMatch(this.#valkey, roomId, sides, rules);
    await scheduleNoLaterThan(this.#valkey, roomId, next);
    for (const playerId of [p1, p2]) {
      const assigned = await assign(this.#valkey, playerId, roomId, rules.matchMs + presenceTtlMs);
      if (assigned.outcome !== 'ok') throw new Error(`${playerId} is in another match`);
      await notify(this.#valkey, assigned.gateway, { type: 'match', playerId, roomId });
    }
  }
}

/** Connected players. */
export interface Group {
  load: Load;
  /** Resolves when all of them are in matches. */
  begin(): Promise<void>;
}
