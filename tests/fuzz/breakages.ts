import type { Breakage } from '../chaos/breakages.ts';

const gateway = (file: string) => `services/gateway/src/${file}.ts`;

/** Each plants one mistake into the gateway, which the fuzzer is to find. */
export const breakages: Breakage[] = [
  {
    name: 'throws-on-one-input',
    edits: [
      {
        file: gateway('frame-parser'),
        find: '  const frame = ClientFrame.safeParse(json);',
        replace: `  if (Array.isArray(json) && Array.isArray(json[0])) throw new Error('planted');
  const frame = ClientFrame.safeParse(json);`,
      },
    ],
  },
  {
    name: 'leak-by-frame',
    edits: [
      {
        file: gateway('frame-parser'),
        find: '  let json: unknown;',
        replace: `  (globalThis as { kept?: unknown[] }).kept ??= [];
  (globalThis as { kept?: unknown[] }).kept?.push([data.slice(1), data.length]);
  let json: unknown;`,
      },
    ],
  },
  {
    name: 'leak-by-connection',
    edits: [
      {
        file: gateway('connection'),
        find: '    this.#socket?.closed();',
        replace: `    (globalThis as { kept?: unknown[] }).kept ??= [];
    (globalThis as { kept?: unknown[] }).kept?.push(this);
    this.#socket?.closed();`,
      },
    ],
  },
  {
    name: 'score-by-bad-frame',
    edits: [
      {
        file: gateway('connection'),
        find: '    if (bad) this.#refuse(this.#socket, bad);',
        replace: `    if (bad) this.#refuse(this.#socket, bad);
    if (bad?.code === 'bad_payload') this.receive({ type: 'CLICK', payload: { count: 1 } });`,
      },
    ],
  },
  {
    name: 'no-answer-to-one-input',
    edits: [
      {
        file: gateway('connection'),
        find: '    if (bad) this.#refuse(this.#socket, bad);',
        replace: `    if (bad && (bad.code !== 'unknown_type' || String(data).length < 60)) {
      this.#refuse(this.#socket, bad);
    }`,
      },
    ],
  },
  {
    name: 'no-end-to-bad-frames',
    edits: [
      {
        file: gateway('bad-frames'),
        find: 'return this.#times.length >= badFramesPerMinute;',
        replace: 'return this.#times.length > badFramesPerMinute;',
      },
    ],
  },
  {
    name: 'dies-of-an-event',
    edits: [
      {
        file: gateway('match-follower'),
        find: `  } catch {
    return undefined;
  }`,
        replace: `  } catch (error) {
    throw error;
  }`,
      },
    ],
  },
  {
    name: 'believes-any-notice',
    edits: [
      {
        file: gateway('session'),
        find: 'await this.touch().catch(() => this.takenOver());',
        replace: 'this.takenOver();',
      },
    ],
  },
  {
    name: 'fails-on-one-name',
    edits: [
      {
        file: gateway('login/auth-routes'),
        find: "        const { name } = c.req.valid('json');",
        replace: `        const { name } = c.req.valid('json');
        if (/[^ -~]{6}/.test(name)) throw new Error('planted');`,
      },
    ],
  },
  {
    name: 'takes-unsigned-tokens',
    edits: [
      {
        file: 'shared/src/tokens.ts',
        find: 'import { sign, verify }',
        replace: 'import { decode, sign, verify }',
      },
      {
        file: 'shared/src/tokens.ts',
        find: "await verify(token, secret, { alg: 'HS256', iss: issuer })",
        replace:
          "token.endsWith('.') ? decode(token).payload : await verify(token, secret, { alg: 'HS256', iss: issuer })",
      },
    ],
  },
];
