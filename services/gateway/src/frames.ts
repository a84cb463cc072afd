/** Which frames tell a player what: pure, from the match's state and events to what is sent. */
import type { MatchEvent } from '@overcookied/shared/match/events.ts';
import { type MatchState, otherRole, ratingChangesOf } from '@overcookied/shared/match/state.ts';
import type { FrameOf, Role, ServerFrame } from '@overcookied/shared/protocol.ts';

/** Whole seconds of play left at `now`; the countdown is not part of them. */
export function secondsLeft(
  { startsAt, endsAt }: Pick<MatchState, 'startsAt' | 'endsAt'>,
  now: number,
): number {
  return Math.max(0, Math.ceil((endsAt - Math.max(now, startsAt)) / 1000));
}

/** All that a player needs to play on from here. */
export function startFrames(state: MatchState, role: Role, now: number, resumed: boolean): ServerFrame[] {
  const { p1, p2 } = state;
  const own = state[role];
  const their = state[otherRole(role)];
  const running = (until: number) => (until > now ? until : undefined);
  const frames: ServerFrame[] = [
    {
      type: 'GAME_START',
      payload: {
        opponent: their.id,
        role,
        roomId: state.roomId,
        timeRemaining: secondsLeft(state, now),
        p1Score: p1.score,
        p2Score: p2.score,
        p1Name: p1.name,
        p2Name: p2.name,
        p1Picture: p1.picture,
        p2Picture: p2.picture,
        mode: state.mode,
        p1Rating: p1.standing?.rating,
        p2Rating: p2.standing?.rating,
        startsAt: state.startsAt,
        endsAt: state.endsAt,
        now,
        seq: state.seq,
        ack: own.ack,
        resumed,
        rules: state.rules,
        golden: state.golden,
        bonusUntil: running(own.bonusUntil),
        opponentBonusUntil: running(their.bonusUntil),
        opponentAwayUntil: their.awayUntil || undefined,
      },
    },
  ];
  // For clients of the original, which know no golden cookie in GAME_START.
  if (state.golden) frames.push({ type: 'COOKIE_SPAWN', payload: state.golden });
  if (state.over) frames.push(overFrame(state, role, state.over));
  return frames;
}

/** What brings a player up to date who knows the match as it was `before`. */
export function repairFrames(before: MatchState, state: MatchState, role: Role, now: number): ServerFrame[] {
  const { p1, p2, seq, golden } = state;
  const { ack, bonusUntil } = state[role];
  const their = otherRole(role);
  const update: FrameOf<ServerFrame, 'UPDATE'>['payload'] = {
    p1Score: p1.score,
    p2Score: p2.score,
    seq,
    ack,
  };
  if (bonusUntil > now) update.bonusUntil = bonusUntil;
  if (state[their].bonusUntil > now) update.opponentBonusUntil = state[their].bonusUntil;
  if (state[their].awayUntil !== before[their].awayUntil) update.opponentAwayUntil = state[their].awayUntil;
  const frames: ServerFrame[] = [{ type: 'UPDATE', payload: update }];
  // One that was replaced instead of claimed needs no word: the next one takes its place.
  if (before.golden && state.claimed && (!golden || before.golden.id === state.claimed.id)) {
    frames.push({ type: 'UPDATE', payload: { goldenCookieClaimedBy: state.claimed.by, seq } });
  }
  if (golden && golden.id !== before.golden?.id) frames.push({ type: 'COOKIE_SPAWN', payload: golden });
  if (state.over) frames.push(overFrame(state, role, state.over));
  return frames;
}

/** What a player is told of an event; `state` is the match after it. */
export function eventFrames(event: MatchEvent, role: Role, state: MatchState): ServerFrame[] {
  switch (event.type) {
    case 'click': {
      // Whoever clicked is told by `scoreFrame`, in good time.
      if (event.role === role) return [];
      return [{ type: 'OPPONENT_CLICK', payload: { count: event.count } }, scoreFrame(state, role)];
    }
    case 'claim': {
      const { p1Score, p2Score, seq, claimedBy, bonusUntil } = event;
      // Points of own clicks are in the scores: they are never told without the clicks.
      const payload = { p1Score, p2Score, seq, ack: state[role].ack };
      return [{ type: 'UPDATE', payload: { ...payload, goldenCookieClaimedBy: claimedBy, bonusUntil } }];
    }
    case 'spawn':
      return [{ type: 'COOKIE_SPAWN', payload: { x: event.x, y: event.y, id: event.id } }];
    case 'over':
      return [overFrame(state, role, event)];
    case 'away':
    case 'back': {
      if (event.role === role) return [];
      const opponentAwayUntil = event.type === 'away' ? event.until : 0;
      return [{ type: 'UPDATE', payload: { seq: event.seq, opponentAwayUntil } }];
    }
  }
}

/** How the match stands, and which of the player's own clicks are counted. */
export function scoreFrame(state: MatchState, role: Role): ServerFrame {
  const { p1, p2, seq } = state;
  const { ack } = state[role];
  return { type: 'UPDATE', payload: { p1Score: p1.score, p2Score: p2.score, seq, ack } };
}

/** What a player is told whose match Valkey has forgotten: nobody can win it, but nobody is left hanging either. */
export function lostFrames(p1Score: number, p2Score: number): ServerFrame[] {
  const message = 'the match was lost by the server; it does not count';
  return [
    { type: 'ERROR', payload: { code: 'match_lost', message } },
    { type: 'GAME_OVER', payload: { winner: 'draw', p1Score, p2Score } },
  ];
}

/** A side after an event; itself if nothing of it has changed, since copies are what an event costs most here. */
const standing = (side: MatchState[Role], score: number, ack: number): MatchState[Role] =>
  score === side.score && ack === side.ack ? side : { ...side, score, ack };

/** The match after an event. */
export function applyEvent(state: MatchState, event: MatchEvent): MatchState {
  const next = { ...state, seq: event.seq };
  if ('p1Score' in event) {
    const ackOf = (role: Role) =>
      event.type === 'click' && event.role === role ? event.ack : state[role].ack;
    next.p1 = standing(state.p1, event.p1Score, ackOf('p1'));
    next.p2 = standing(state.p2, event.p2Score, ackOf('p2'));
  }
  switch (event.type) {
    case 'click':
      return next;
    case 'spawn':
      return { ...next, golden: { id: event.id, x: event.x, y: event.y } };
    case 'claim':
      next[event.role] = { ...next[event.role], bonusUntil: event.bonusUntil };
      return { ...next, golden: undefined, claimed: { id: event.id, by: event.claimedBy } };
    case 'over':
      return { ...next, over: { winner: event.winner, reason: event.reason } };
    case 'away':
      next[event.role] = { ...next[event.role], awayUntil: event.until };
      return next;
    case 'back':
      next[event.role] = { ...next[event.role], awayUntil: 0 };
      return next;
  }
}

function overFrame(
  state: MatchState,
  role: Role,
  { winner, reason }: NonNullable<MatchState['over']>,
): ServerFrame {
  const ratingDelta = ratingChangesOf(state, winner)?.[role].delta;
  const payload = { winner, p1Score: state.p1.score, p2Score: state.p2.score, ratingDelta };
  return { type: 'GAME_OVER', payload: reason ? { ...payload, reason } : payload };
}
