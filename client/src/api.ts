/** The gateway's HTTP API, typed. `base` is its address, for instance `http://localhost:8080`, or '' in a page. */
import {
  ApiError,
  AuthOptions,
  History,
  Leaderboard,
  type LeaderboardName,
  LobbyNews,
  Place,
  Profile,
  Recording,
  Session,
  Ticket,
} from '@overcookied/shared/api.ts';

/** A page opens after so long without an answer, in ms: whoever it cannot ask about may still be a guest, or who they were. */
const openingMs = 4_000;

interface Schema<T> {
  parse(value: unknown): T;
}

/** The gateway refused; `message` is what it said. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function request<T>(schema: Schema<T>, url: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, init);
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return schema.parse(body);
  const refusal = ApiError.safeParse(body);
  throw new RequestError(
    response.status,
    refusal.success ? refusal.data.error : `the server said ${response.status}`,
  );
}

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

/** Makes a guest of this name. @throws RequestError when the name is refused */
export function loginAsGuest(base: string, name: string): Promise<Session> {
  return request(Session, `${base}/auth/guest`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  });
}

/** How to come in. */
export function fetchAuthOptions(base: string): Promise<AuthOptions> {
  return request(AuthOptions, `${base}/auth/options`, { signal: AbortSignal.timeout(openingMs) });
}

/**
 * Whose token it is; without one, who has signed in with this browser.
 *
 * @throws RequestError with status 401 when it is not valid (any more)
 */
export function verify(base: string, token?: string): Promise<Session> {
  const signal = AbortSignal.timeout(openingMs);
  return request(Session, `${base}/auth/verify`, { ...(token !== undefined && bearer(token)), signal });
}

/** Makes the browser forget who has signed in. */
export async function logOut(base: string): Promise<void> {
  await request({ parse: () => undefined }, `${base}/auth/logout`, { method: 'POST' });
}

/** A ticket for one WebSocket. @throws RequestError with status 401 when the token is not valid (any more) */
export async function fetchTicket(base: string, token: string, signal: AbortSignal): Promise<string> {
  const init = { ...bearer(token), method: 'POST', signal };
  return (await request(Ticket, `${base}/auth/ticket`, init)).ticket;
}

export function fetchLeaderboard(base: string, board: LeaderboardName = 'alltime'): Promise<Leaderboard> {
  return request(Leaderboard, `${base}/api/leaderboard?board=${board}`);
}

/** Where the player stands on a board. */
export function fetchPlace(base: string, { token }: Session, board: LeaderboardName): Promise<Place> {
  return request(Place, `${base}/api/place?board=${board}`, bearer(token));
}

/** What goes on, for whoever is about to play. */
export function fetchLobbyNews(base: string): Promise<LobbyNews> {
  return request(LobbyNews, `${base}/api/lobby`);
}

/** The player's own rating and totals. */
export function fetchProfile(base: string, { token }: Session): Promise<Profile> {
  return request(Profile, `${base}/api/profile`, bearer(token));
}

/** The player's own latest matches, newest first. */
export function fetchHistory(base: string, session: Session): Promise<History> {
  return request(
    History,
    `${base}/api/history?userId=${encodeURIComponent(session.id)}`,
    bearer(session.token),
  );
}

/** How a match went, or has gone so far. @throws RequestError with status 404 when there is none, or no longer */
export function fetchRecording(base: string, roomId: string): Promise<Recording> {
  return request(Recording, `${base}/api/matches/${encodeURIComponent(roomId)}/recording`);
}
