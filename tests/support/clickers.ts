import { loginAsGuest } from '@overcookied/client/api.ts';
import { Player } from '@overcookied/client/player.ts';
import type { FrameOf, GameStart, ServerFrame } from '@overcookied/shared/protocol.ts';
import { eventually } from './eventually.ts';

type Over = FrameOf<ServerFrame, 'GAME_OVER'>['payload'];

/** One player who clicks through one match, by the same client as the page's. */
export interface Clicker {
  id: string;
  player: Player;
  start: GameStart | undefined;
  over: Over | undefined;
  /** How many clicks were made. */
  made: number;
  /** When each click was acknowledged first, and how long after it was made, in ms. */
  latencies: number[];
  /** What the gateway refused or had to say otherwise, by code. */
  errors: string[];
}

/**
 * Lets players join the queue, and each click from when their match has begun until shortly before its end, so that
 * every click made must count.
 *
 * @param clickEveryMs well below what the rules allow
 * @param stopBeforeMs how long before the end nobody clicks any more: what is on its way must have the time to arrive
 */
export async function letClick(
  gateways: readonly string[],
  number: number,
  { clickEveryMs = 100, stopBeforeMs = 1_500 } = {},
): Promise<Clicker[]> {
  const clickers: Clicker[] = [];
  for (let i = 0; i < number; i++) {
    const gateway = gateways[i % gateways.length] ?? '';
    const { id, token } = await loginAsGuest(gateway, `Clicker ${i}`);
    const player = new Player({ url: gateway.replace('http', 'ws'), token });
    const clicker: Clicker = {
      id,
      player,
      start: undefined,
      over: undefined,
      made: 0,
      latencies: [],
      errors: [],
    };
    const madeAt: number[] = [];
    const acknowledged = (ack = 0) => {
      while (clicker.latencies.length < Math.min(ack, madeAt.length))
        clicker.latencies.push(performance.now() - (madeAt[clicker.latencies.length] ?? 0));
    };
    player.on('UPDATE', ({ ack }) => acknowledged(ack));
    player.on('ERROR', ({ code }) => clicker.errors.push(code));
    player.on('GAME_OVER', (over) => {
      clicker.over = over;
    });
    player.on('GAME_START', (start) => {
      acknowledged(start.ack);
      if (clicker.start) return;
      clicker.start = start;
      const timer = setInterval(() => {
        const now = player.clock.now();
        if (now >= start.endsAt - stopBeforeMs) clearInterval(timer);
        else if (now > start.startsAt + 300 && player.click()) {
          clicker.made++;
          madeAt.push(performance.now());
        }
      }, clickEveryMs);
    });
    clickers.push(clicker);
  }
  for (const { player } of clickers) player.joinQueue();
  await eventually(() => clickers.every(({ start }) => start), 15_000);
  return clickers;
}

/** Resolves when all have been told of the end of their matches. */
export async function allOver(clickers: readonly Clicker[], withinMs: number): Promise<void> {
  await eventually(() => clickers.every(({ over }) => over), withinMs);
}

/** Of all clickers: what each made and what counted for them in the end. A golden cookie that nobody claims is no point. */
export function tally(clickers: readonly Clicker[]): { id: string; made: number; counted: number }[] {
  return clickers.map(({ id, start, over, made }) => ({
    id,
    made,
    counted: (start?.role === 'p1' ? over?.p1Score : over?.p2Score) ?? -1,
  }));
}
