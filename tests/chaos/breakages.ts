/** A part of a file that is replaced by another; it must be there exactly once. */
export interface Edit {
  file: string;
  find: string;
  replace: string;
}

/** A way to break the services on purpose. */
export interface Breakage {
  name: string;
  edits: Edit[];
}

const match = (script: string) => `shared/src/match/${script}.lua`;

/** Each takes away one thing, or all the things, on which a promise rests; the run is to notice it. */
export const breakages: Breakage[] = [
  {
    name: 'no-seq-check',
    edits: [
      {
        file: match('click'),
        find: 'fresh = math.max(0, last - math.max(first - 1, ack))',
        replace: 'fresh = last - first + 1',
      },
    ],
  },
  {
    name: 'no-window',
    edits: [
      {
        file: match('click'),
        find: "if game[2] == 'over' or now >= ends_at then",
        replace: 'if false then',
      },
    ],
  },
  {
    name: 'ack-before-write',
    edits: [
      {
        file: 'services/gateway/src/play.ts',
        find: "    if (!this.#clicks.add(payload)) this.#socket.refuse('busy'",
        replace: `    if (payload.seq) this.#socket.send({ type: 'UPDATE', payload: { ack: payload.seq } });
    if (!this.#clicks.add(payload)) this.#socket.refuse('busy'`,
      },
    ],
  },
  {
    name: 'claimed-by-both',
    edits: [
      {
        file: match('claim'),
        find: "if game[8] ~= '1' or (ARGV[3]",
        replace: 'if (ARGV[3]',
      },
    ],
  },
  {
    name: 'no-pending',
    edits: [
      {
        file: 'services/matchmaker/src/commit.lua',
        find: "redis.call('HSET', KEYS[3], room, pair)",
        replace: '',
      },
    ],
  },
  {
    name: 'no-clock-fence',
    edits: [{ file: match('advance'), find: 'elseif golden_due <= now then', replace: 'else' }],
  },
  {
    name: 'no-phase-fence',
    edits: [{ file: match('advance'), find: "if phase == 'on' then", replace: 'do' }],
  },
  { name: 'no-matchmaking-fence', edits: matchmakingFence() },
  {
    name: 'no-matchmaking-fence-at-all',
    edits: [
      ...matchmakingFence(),
      {
        file: 'shared/src/presence/assign.lua',
        find: 'if known[1] and known[1] ~= ARGV[1] then',
        replace: 'if false then',
      },
    ],
  },
  {
    name: 'no-gap-check',
    edits: [
      {
        file: 'services/gateway/src/match-follower.ts',
        find: `if (ahead > 1 || isDoubt || (ahead === 1 && event.type === 'over')) this.read();
    if (ahead !== 1 || event.type === 'over') return;`,
        replace: `if (isDoubt || (ahead >= 1 && event.type === 'over')) this.read();
    if (ahead < 1 || event.type === 'over') return;`,
      },
    ],
  },
  {
    name: 'no-event-repair',
    edits: [
      {
        file: 'services/gateway/src/match-follower.ts',
        find: `  read(): void {
    if (this.#isClosed) return;`,
        replace: `  read(): void {
    if (this.#isClosed || this.#state) return;`,
      },
    ],
  },
  {
    name: 'late-goodbye',
    edits: [
      { file: match('away'), find: 'or tonumber(game[2] or 0) > tonumber(ARGV[2])', replace: '' },
      {
        file: 'shared/src/presence/exit.lua',
        find: 'if connection and tonumber(connection) > tonumber(ARGV[1]) then',
        replace: 'if false then',
      },
    ],
  },
  {
    name: 'no-lease',
    edits: [
      {
        file: 'services/game-ticker/src/take.lua',
        find: 'tonumber(taken[i + 1]))) + ARGV[2]',
        replace: 'tonumber(taken[i + 1]))) + 60000',
      },
    ],
  },
  {
    name: 'record-twice',
    edits: [
      {
        file: 'services/game-ticker/src/record.lua',
        find: "\nif not redis.call('ZSCORE', recorded",
        replace: "\nif true or not redis.call('ZSCORE', recorded",
      },
    ],
  },
];

/** A matchmaker that has slept through its lock commits what it worked out before, whoever has left the queue since. */
function matchmakingFence(): Edit[] {
  const file = 'services/matchmaker/src/commit.lua';
  return [
    { file, find: "if redis.call('GET', KEYS[4]) ~= ARGV[1] then", replace: 'if false then' },
    {
      file,
      find: 'if since[1] and since[2] and tickets[1] and tickets[2] then',
      replace: `  for each, id in ipairs({ p1, p2 }) do
    since[each] = since[each] or at
    local ticket = tickets[each]
    if not ticket or string.sub(ticket, 1, 1) == '@' then
      tickets[each] = '{"id":"' .. id .. '","name":"?","picture":"","gateway":"","connection":1,"mode":"ranked"}'
    end
  end
  if true then`,
    },
  ];
}
