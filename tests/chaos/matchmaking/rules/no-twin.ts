import { createdAt, type Frame, type Room, type Story } from '../story.ts';
import type { Violation } from './violation.ts';

const rule = 'a match has two players, who name each other and wanted each other';

type Game = Record<string, string>;
/** So long before its match is made a pair may have been on its way, in ms: who asks for another code then gets both. */
const onTheWayMs = 2_000;

export function noTwin(story: Story): Violation[] {
  const rooms = [...story.rooms.values()].filter(({ starts }) => starts.length > 0);
  return [...rooms.flatMap(sides), ...wanted(story, rooms)];
}

/** Two players, different from each other, and both sides say the same. */
function sides({ id, game, starts }: Room): Violation[] {
  const first = starts[0] as Frame;
  // Without a hash the first who was told is the measure of the others.
  const { opponent, role } = first.payload;
  const players = game
    ? [game.p1, game.p2]
    : role === 'p1'
      ? [first.player, opponent]
      : [opponent, first.player];
  const [p1, p2] = players;
  if (p1 === p2) return [{ rule, what: `${p1} meets themself in ${id}`, excerpt: [first] }];
  const wrong = starts.find(({ player, payload }) => {
    const [own, other] = payload.role === 'p1' ? [p1, p2] : [p2, p1];
    return player !== own || payload.opponent !== other || payload.mode !== first.payload.mode;
  });
  if (!wrong) return [];
  const excerpt = wrong === first ? [wrong] : [first, wrong];
  return [{ rule, what: `${id} is of ${p1} and ${p2}, but ${wrong.player} is told otherwise`, excerpt }];
}

/** What a player asked for since the match before this one. */
interface Asked {
  ranked: boolean;
  rematch: boolean;
  codes: Map<string, Frame>;
}

/** Nobody is in a match of a kind that they did not ask for, and a code makes one match. */
function wanted(story: Story, rooms: Room[]): Violation[] {
  const violations: Violation[] = [];
  const madeBy = new Map<string, Room>();
  const ordered = rooms.toSorted((a, b) => (a.starts[0] as Frame).at - (b.starts[0] as Frame).at);
  for (const room of ordered) {
    const first = room.starts[0] as Frame;
    const told = [first, room.starts.find(({ player }) => player !== first.player)].filter((each) => !!each);
    const asked = told.map((start) => askedBefore(story, room, start));
    const { mode } = first.payload;
    const isRematch = asked.every(({ rematch }) => rematch);
    if (mode === 'ranked') {
      const none = asked.findIndex(({ ranked, rematch }) => !ranked && !rematch);
      if (none < 0) continue;
      const what = `${told[none]?.player} is in ${room.id}, out of the common queue, without having asked`;
      violations.push({ rule, what, excerpt: [told[none] as Frame] });
      continue;
    }
    if (isRematch) continue;
    const [own, other] = asked;
    const shared = [...(own?.codes.keys() ?? [])].filter((code) => !other || other.codes.has(code));
    const sent = asked.flatMap(({ codes }) => [...codes.values()]);
    if (shared.length === 0) {
      const what = `${told.map(({ player }) => player).join(' and ')} meet in ${room.id} without a common code`;
      violations.push({ rule, what, excerpt: [...sent, ...told] });
      continue;
    }
    // With two codes in common it is not known by which they met.
    const [code] = shared as [string];
    if (shared.length > 1) continue;
    const before = madeBy.get(code);
    if (before) {
      const what = `the code ${code} made two matches: ${before.id} and ${room.id}`;
      violations.push({ rule, what, excerpt: [...before.starts.slice(0, 1), ...sent, ...told] });
    } else madeBy.set(code, room);
  }
  return violations;
}

/** By the time that the player was told of this match, and after the match before it was made; codes, on its way. */
function askedBefore(story: Story, { id }: Room, start: Frame): Asked {
  const frames = story.framesOf(start.player);
  const earlier = frames.filter(
    ({ at, kind, type, payload }) =>
      kind === 'told' && type === 'GAME_START' && at < start.at && payload.roomId !== id,
  );
  const since = Math.max(0, ...earlier.map((frame) => beginningOf(story, frame)));
  const asked: Asked = { ranked: false, rematch: false, codes: new Map() };
  for (const frame of frames) {
    if (frame.kind !== 'sent' || frame.at > start.at || frame.at < since - onTheWayMs) continue;
    if (frame.type === 'JOIN_QUEUE' && frame.payload.mode === 'private') {
      asked.codes.set(frame.payload.code, frame);
    } else if (frame.at >= since) {
      asked.rematch ||= frame.type === 'REMATCH';
      asked.ranked ||= frame.type === 'JOIN_QUEUE';
    }
  }
  return asked;
}

/** When the match was made of which this is told. */
function beginningOf(story: Story, { at, payload }: Frame): number {
  const game: Game | undefined = story.rooms.get(payload.roomId)?.game;
  return game ? Math.min(at, createdAt(game)) : at;
}
