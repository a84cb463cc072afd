import type { ClientFrame, FrameOf, GameStart, Queued, ServerFrame } from '@overcookied/shared/protocol.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { account } from './account.ts';
import { game } from './game.ts';

/** The gateway's end of the page's latest connection. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static latest: FakeSocket;
  readyState = 0;
  readonly url: string;
  readonly received: ClientFrame[] = [];

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.latest = this;
    queueMicrotask(() => {
      this.readyState = FakeSocket.OPEN;
      this.dispatchEvent(new Event('open'));
    });
  }

  send(text: string): void {
    const frame = JSON.parse(text) as ClientFrame;
    if (frame.type !== 'PING') this.received.push(frame);
  }

  close(): void {}
}

const session = { token: 't', id: 'me', name: 'Mia', picture: '', email: '' };
const now = () => Date.now();

/** As much of a browser as the store needs. */
class FakeWindow extends EventTarget {
  readonly location = new URL('http://localhost/');
  readonly #items = new Map<string, string>();
  readonly history = {
    state: null as unknown,
    replaceState: (state: unknown, _: string, to: string) => {
      this.history.state = state;
      this.location.href = new URL(to, this.location).href;
    },
  };
  readonly localStorage = {
    getItem: (key: string) => this.#items.get(key) ?? null,
    setItem: (key: string, value: string) => void this.#items.set(key, value),
    removeItem: (key: string) => void this.#items.delete(key),
  };
}

const answers: Record<string, unknown> = {
  '/auth/options': { issuer: null, signedIn: false },
  '/auth/ticket': { ticket: 't', expiresInMs: 1_000 },
};

let page: FakeWindow;
/** What the server has been sent by the latest connection, pings excepted. */
const received = () => FakeSocket.latest.received.map(({ type, payload }) => [type, payload]);
const says = (frame: ServerFrame) =>
  FakeSocket.latest.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
const queued = (payload: Partial<Queued>) =>
  says({ type: 'QUEUED', payload: { since: now(), waiting: 1, mode: 'ranked', ...payload } });
const refuses = (code: FrameOf<ServerFrame, 'ERROR'>['payload']['code']) =>
  says({ type: 'ERROR', payload: { code, message: '' } });
const starts = (over: Partial<GameStart> = {}) =>
  says({
    type: 'GAME_START',
    payload: {
      opponent: 'them',
      role: 'p1',
      roomId: 'room',
      timeRemaining: 60,
      p1Score: 0,
      p2Score: 0,
      p1Name: 'Mia',
      p2Name: 'Theo',
      p1Picture: '',
      p2Picture: '',
      mode: 'ranked',
      startsAt: now(),
      endsAt: now() + 60_000,
      now: now(),
      seq: 0,
      ack: 0,
      resumed: false,
      rules: defaultRules,
      ...over,
    },
  });
const ends = () => says({ type: 'GAME_OVER', payload: { winner: 'me', p1Score: 1, p2Score: 0 } });

const opened = () => vi.waitFor(() => expect(game.connection.value?.state).toBe('open'));
/** As if the page had been loaded at this address, by somebody who is signed in or not. */
async function load(hash = '', isSignedIn = true): Promise<void> {
  page.location.hash = hash;
  page.history.state = null;
  if (isSignedIn) page.localStorage.setItem('overcookied.session', JSON.stringify(session));
  await game.open();
  if (isSignedIn) await opened();
}

beforeEach(() => {
  page = new FakeWindow();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', page.location);
  vi.stubGlobal('localStorage', page.localStorage);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('fetch', async (url: string) => Response.json(answers[url] ?? session));
});
afterEach(() => {
  game.leave();
  vi.unstubAllGlobals();
});

describe('whoever has signed in', () => {
  const ada = { ...session, id: 'oidc_ada', name: 'Ada' };
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      asked.push(`${init?.method ?? 'GET'} ${url}`);
      if (url === '/auth/options') return Response.json({ issuer: 'Google', signedIn: true });
      return Response.json(url === '/auth/verify' ? ada : (answers[url] ?? {}));
    });
  });
  const kept = () => page.localStorage.getItem('overcookied.session');

  it('is known by the cookie, in place of a guest who was here before, and kept nowhere else', async () => {
    await load();
    expect(account.session.value).toEqual(ada);
    expect(kept()).toBeNull();
    await game.logOut();
    expect(asked).toContain('POST /auth/logout');
    expect(game.screen.value).toBe('welcome');
  });

  it('stays so if the cookie cannot be taken back', async () => {
    await load();
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('fetch failed');
    });
    await game.logOut();
    expect([game.screen.value, game.notice.value]).toEqual(['lobby', 'no_logout']);
  });
});

describe('an invitation', () => {
  it('is in the address from when it is made until the match', async () => {
    await load();
    game.invite();
    expect(game.screen.value).toBe('inviting');
    const { code = '' } = game.invitation.value ?? {};
    expect(received()).toEqual([['JOIN_QUEUE', { mode: 'private', code }]]);
    expect(page.location.hash).toBe(`#invite=${code}`);
    starts({ mode: 'private' });
    expect(game.screen.value).toBe('arena');
    expect(page.location.hash).toBe('');
    ends();
    game.toLobby();
    expect(game.screen.value).toBe('lobby');
  });

  it('is waited for again when the page is reloaded', async () => {
    await load('#invite=a_code-1');
    expect(game.screen.value).toBe('inviting');
    expect(received()).toEqual([['JOIN_QUEUE', { mode: 'private', code: 'a_code-1' }]]);
    expect(page.location.hash).toBe('#invite=a_code-1');
  });

  it('is for whoever signs in first, and then joins at once', async () => {
    await load('#invite=a_code-1', false);
    expect(game.screen.value).toBe('welcome');
    game.enter(session);
    await opened();
    expect(game.screen.value).toBe('inviting');
    expect(received()).toEqual([['JOIN_QUEUE', { mode: 'private', code: 'a_code-1' }]]);
  });

  it('outlives a session that the server has ended, and not one that the player has', async () => {
    await load('#invite=a_code-1');
    game.expire();
    expect(game.screen.value).toBe('welcome');
    expect([game.invitation.value?.code, page.location.hash]).toEqual(['a_code-1', '#invite=a_code-1']);
    game.leave();
    expect([game.invitation.value, page.location.hash]).toEqual([undefined, '']);
  });

  it.each(['code_used', 'code_expired'] as const)('that is refused leads to the lobby: %s', async (code) => {
    await load('#invite=a_code-1');
    refuses(code);
    expect([game.screen.value, game.notice.value, page.location.hash]).toEqual(['lobby', code, '']);
    game.play();
    expect(game.notice.value).toBeUndefined();
  });

  it('is given up by cancelling', async () => {
    await load('#invite=a_code-1');
    game.cancel();
    expect([game.screen.value, page.location.hash]).toEqual(['lobby', '']);
    expect(received().at(-1)).toEqual(['LEAVE_QUEUE', {}]);
  });

  it('is accepted when its link is followed in a page that is open, but not out of a match', async () => {
    await load();
    game.play();
    const follow = (hash: string) => {
      page.location.hash = hash;
      page.dispatchEvent(new Event('hashchange'));
    };
    follow('#invite=a_code-1');
    expect(game.screen.value).toBe('inviting');
    expect(received().at(-1)).toEqual(['JOIN_QUEUE', { mode: 'private', code: 'a_code-1' }]);
    starts({ mode: 'private' });
    follow('#invite=a_code-2');
    expect([game.screen.value, page.location.hash]).toEqual(['arena', '']);
  });

  it('gives way to a match that is on', async () => {
    await load('#invite=a_code-1');
    starts({ resumed: true });
    refuses('already_in_match');
    expect([game.screen.value, game.wait.value, page.location.hash]).toEqual(['arena', undefined, '']);
  });
});

describe('the queue', () => {
  it('tells what the server says of it, and of nothing else', async () => {
    await load();
    game.play();
    queued({ waiting: 3, estimatedWaitMs: 3_400 });
    expect(game.wait.value?.queued).toMatchObject({ waiting: 3, estimatedWaitMs: 3_400 });
    queued({ mode: 'private', expiresAt: 1, waiting: 1 });
    expect(game.wait.value?.queued?.waiting).toBe(3);
  });

  it('goes on when no bot is free, and says so until one is', async () => {
    await load();
    game.play();
    queued({ practice: true });
    game.practise();
    expect(game.wait.value).toMatchObject({ kind: 'practice' });
    expect(game.wait.value?.queued).toBeUndefined();
    refuses('no_practice');
    expect(received().map(([, payload]) => payload)).toEqual([
      { mode: 'ranked' },
      { mode: 'practice' },
      { mode: 'ranked' },
    ]);
    queued({});
    expect([game.wait.value?.kind, game.notice.value]).toEqual(['ranked', 'no_practice']);
    queued({ practice: true });
    expect(game.notice.value).toBeUndefined();
  });

  it('keeps what was kneaded while a bot was asked for, and no longer than the wait', async () => {
    await load();
    game.knead();
    game.play();
    game.knead();
    game.practise();
    game.knead();
    refuses('no_practice');
    queued({});
    expect(game.wait.value?.kneads).toBe(2);
    game.play();
    expect(game.wait.value?.kneads).toBe(0);
  });

  it('passes over a refusal of what is not waited for any more', async () => {
    await load();
    game.play();
    for (const code of ['code_used', 'code_expired', 'no_practice', 'no_rematch'] as const) refuses(code);
    expect([game.screen.value, game.notice.value]).toEqual(['searching', undefined]);
  });
});

describe('a bot asked for in the lobby', () => {
  it('is not exchanged for an opponent when none is free', async () => {
    await load();
    game.practise();
    refuses('no_practice');
    expect([game.screen.value, game.notice.value]).toEqual(['lobby', 'no_warm_up']);
    expect(received()).toEqual([
      ['JOIN_QUEUE', { mode: 'practice' }],
      ['LEAVE_QUEUE', {}],
    ]);
  });

  it('is none that a search before it could go on instead of', async () => {
    await load();
    game.play();
    game.practise();
    game.cancel();
    game.practise();
    refuses('no_practice');
    expect([game.screen.value, game.notice.value]).toEqual(['lobby', 'no_warm_up']);
  });
});

describe('a connection in place of one that was closed', () => {
  const connectAgain = async () => {
    game.connect();
    await opened();
  };

  it.each([
    ['an opponent', () => game.play(), 'searching', { mode: 'ranked' }],
    ['a bot', () => game.practise(), 'searching', { mode: 'practice' }],
  ] as const)('goes on waiting for %s', async (_, wait, screen, wish) => {
    await load();
    wait();
    await connectAgain();
    expect(game.screen.value).toBe(screen);
    expect(received()).toEqual([['JOIN_QUEUE', wish]]);
  });

  it('goes on waiting for whom the player has invited', async () => {
    await load();
    game.invite();
    const invitation = game.invitation.value;
    await connectAgain();
    expect([game.screen.value, game.invitation.value]).toEqual(['inviting', invitation]);
    expect(received()).toEqual([['JOIN_QUEUE', { mode: 'private', code: invitation?.code }]]);
  });

  it('goes on waiting for a rematch beside the result', async () => {
    await load();
    starts();
    ends();
    game.rematch();
    await connectAgain();
    expect([game.screen.value, game.wait.value?.kind]).toEqual(['result', 'rematch']);
    expect(received()).toEqual([['REMATCH', {}]]);
  });

  it('waits for nobody where nobody was waited for', async () => {
    await load();
    await connectAgain();
    expect([game.screen.value, received()]).toEqual(['lobby', []]);
  });

  it('keeps the match on the screen, and asks what became of it', async () => {
    await load();
    starts();
    await connectAgain();
    expect([game.screen.value, received()]).toEqual(['arena', []]);
    expect(game.bake()).toBe(true);
    expect(new URL(FakeSocket.latest.url).searchParams.get('room')).toBe('room');
    refuses('match_forgotten');
    expect([game.screen.value, game.notice.value]).toEqual(['lobby', 'match_forgotten']);
  });

  it('asks nothing about a match that is over', async () => {
    await load();
    starts();
    ends();
    await connectAgain();
    expect(game.screen.value).toBe('result');
    expect(new URL(FakeSocket.latest.url).searchParams.has('room')).toBe(false);
  });
});

describe('a rematch', () => {
  it('is waited for beside the result, and begins a match', async () => {
    await load();
    starts();
    ends();
    game.rematch();
    expect(game.screen.value).toBe('result');
    expect(received()).toEqual([['REMATCH', {}]]);
    queued({ expiresAt: now() + 9_000 });
    expect(game.wait.value?.queued?.expiresAt).toBeDefined();
    starts({ roomId: 'next' });
    expect([game.screen.value, game.wait.value]).toEqual(['arena', undefined]);
    expect(game.match.value?.rematch).toBeUndefined();
  });

  it('is given up for the plain result', async () => {
    await load();
    starts();
    ends();
    game.rematch();
    game.cancel();
    expect([game.screen.value, game.wait.value]).toEqual(['result', undefined]);
    expect(received().at(-1)).toEqual(['LEAVE_QUEUE', {}]);
  });

  it('that is refused leaves the result, and a word', async () => {
    await load();
    starts();
    ends();
    game.rematch();
    refuses('no_rematch');
    expect([game.screen.value, game.wait.value, game.notice.value]).toEqual([
      'result',
      undefined,
      'no_rematch',
    ]);
    expect(game.match.value?.rematch).toBe('refused');
    game.play();
    expect([game.screen.value, game.notice.value]).toEqual(['searching', undefined]);
  });
});
