import type { Evidence, Played } from './evidence.ts';
import type { Fault, History, Sitting } from './history.ts';
import type { Line, Violation } from './rules/violation.ts';

/** Faults that began so long before what is shown, and were made good by then, have nothing to do with it, in ms. */
const faultMarginMs = 3_000;
const mostLines = 24;

/** What one player was told of a match: its beginning, every return to it, and its end. */
export function told({ player, room, starts, overs, quitAt }: Sitting): Line[] {
  const lines = [
    ...starts.map(({ at, connection, ack, resumed }) => ({
      at,
      text: `${player} (connection ${connection}) ← GAME_START of ${room}, ack ${ack}${resumed ? ', resumed' : ''}`,
    })),
    ...overs.map(({ at, connection, winner, reason, p1Score, p2Score }) => ({
      at,
      text: `${player} (connection ${connection}) ← GAME_OVER ${p1Score}:${p2Score}, winner ${winner}${reason && `, ${reason}`}`,
    })),
  ];
  return quitAt ? [...lines, { at: quitAt, text: `${player} → QUIT_GAME` }] : lines;
}

/** A player's connections between these moments, in ms. */
export function connected(evidence: Evidence, player: string, from: number, until: number): Line[] {
  return evidence
    .connectionsOf(player)
    .filter(({ beganAt, closedAt }) => beganAt < until && closedAt > from)
    .flatMap(({ number, gateway, beganAt, openAt, closedAt, code }) => {
      const who = `${player} (connection ${number})`;
      const lines = [
        openAt
          ? { at: openAt, text: `${who} is connected to ${gateway}` }
          : { at: beganAt, text: `${who} tries ${gateway}` },
      ];
      if (closedAt > until) return lines;
      return [...lines, { at: closedAt, text: `${who} is closed${code ? `, ${code}` : ' by the player'}` }];
    });
}

/** What Valkey has of a match. @param fields what else of the hash to show */
export function stored({ room, hash, startsAt, endsAt, endedAt }: Played, ...fields: string[]): Line[] {
  const more = fields.map((field) => `, ${field} ${hash[field] || '-'}`).join('');
  const { winner, reason, p1Score, p2Score } = hash;
  const ended = `${endedAt - endsAt} ms after its time, ${p1Score}:${p2Score}, winner ${winner}${reason && `, ${reason}`}`;
  return [
    { at: startsAt, text: `${room} starts, by the hash: ${hash.p1} against ${hash.p2}` },
    { at: endedAt, text: `${room} ends, by the hash: ${ended}${more}` },
  ];
}

/** For a reader: what is wrong, the events that show it, and the faults of that time, with seconds of the run. */
export function describeViolation(violation: Violation, history: History): string {
  const { rule, what, excerpt } = violation;
  const faults = faultsOf(violation, history).map(({ what: fault, target, from, until }) => ({
    at: from,
    text: `fault: ${target}, ${fault}, made good after ${((until - from) / 1_000).toFixed(3)} s`,
  }));
  const lines = [...excerpt, ...faults].sort((a, b) => a.at - b.at);
  const shown = lines.slice(0, mostLines).map(({ at, text }) => {
    const seconds = ((at - history.from) / 1_000).toFixed(3);
    return `    ${seconds.padStart(9)} s  ${text}`;
  });
  if (lines.length > mostLines) shown.push(`    and ${lines.length - mostLines} more`);
  return named([`${rule}:`, `  ${what}`, ...shown].join('\n'), history.names);
}

/** Those that may have to do with it: of its time, of Valkey, of its services, and of gateways of its players. */
function faultsOf({ excerpt, services }: Violation, { faults, connections, names }: History): Fault[] {
  const times = excerpt.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const text = excerpt.map((line) => line.text).join();
  const players = new Set(Object.keys(names).filter((id) => text.includes(id)));
  const gateways = new Set(
    connections
      .filter(({ player, beganAt, closedAt }) => players.has(player) && beganAt < last && closedAt > first)
      .map(({ gateway }) => gateway),
  );
  return faults.filter(({ target, from, until }) => {
    const marginMs = target === 'machine' ? 0 : faultMarginMs;
    if (until < first - marginMs || from > last) return false;
    if (target === 'valkey' || target === 'machine' || !services) return true;
    const [kind = ''] = target.split(' ');
    return services.includes(kind) && (kind !== 'gateway' || gateways.has(target));
  });
}

/** With names in place of the players' ids. */
function named(text: string, names: Record<string, string>): string {
  return text.replace(/guest_[\w-]+/g, (id) => names[id] ?? id);
}
