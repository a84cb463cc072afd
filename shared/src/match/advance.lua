-- Does what a match's clock is due to do, by this server's clock: whoever calls it, and however often, nothing
-- happens early or twice.
-- KEYS[1] match, KEYS[2] its steps, KEYS[3] its golden cookies
-- ARGV    three uniform random numbers from 0 to 1: the gap after a golden cookie, its x, its y
-- returns {'gone'}; {'on', when it next needs its clock (ms), due time of what was done or 0};
--         {'over', 0, due time of what was done or 0, then the result's fields}
local key = KEYS[1]
local now = clock()
local game = redis.call('HMGET', key, 'phase', 'startsAt', 'endsAt', 'seq', 'p1Score', 'p2Score', 'p1AwayUntil',
  'p2AwayUntil', 'goldenDue', 'goldenId', 'goldenGapMin', 'goldenGapMax', 'p1', 'p2', 'stepMs')
local phase = game[1]
if not phase then
  return { 'gone' }
end
local ends_at, seq, p1_score, p2_score = tonumber(game[3]), tonumber(game[4]), tonumber(game[5]), tonumber(game[6])
local p1_away, p2_away, golden_due = tonumber(game[7] or 0), tonumber(game[8] or 0), tonumber(game[9])

-- One who stays away loses. If both are away nobody is there to win: the score decides at the end.
local forfeit_at = math.huge
if (p1_away == 0) ~= (p2_away == 0) then
  forfeit_at = math.max(p1_away, p2_away)
end

local done = 0
if phase == 'on' then
  if has_forfeited(p1_away, p2_away, now, ends_at) or has_forfeited(p2_away, p1_away, now, ends_at) then
    finish(key, now, seq, game[5], game[6], p1_away == 0 and game[13] or game[14], 'opponent_disconnected')
    phase, done = 'over', forfeit_at
  elseif ends_at <= now then
    local winner = p1_score == p2_score and 'draw' or p1_score > p2_score and game[13] or game[14]
    finish(key, now, seq, game[5], game[6], winner, '')
    phase, done = 'over', ends_at
  elseif golden_due <= now then
    local id = game[10] + 1
    -- From 5 to 95 per cent of the arena, to a tenth.
    local x, y = 5 + math.floor(ARGV[2] * 900) / 10, 5 + math.floor(ARGV[3] * 900) / 10
    done = golden_due
    golden_due = now + math.floor(game[11] + ARGV[1] * (game[12] - game[11]) + 0.5)
    redis.call('HSET', key, 'seq', int(seq + 1), 'goldenId', int(id), 'goldenOpen', '1', 'goldenX', x, 'goldenY', y,
      'goldenDue', int(golden_due))
    keep_golden(KEYS[3], game[15], '[' .. int(id) .. ',' .. int(now - game[2]) .. ',' .. x .. ',' .. y .. ']')
    publish(key, 'spawn', seq + 1, ',"id":' .. int(id) .. ',"x":' .. x .. ',"y":' .. y)
  end
end
if phase == 'over' then
  -- Kept until it is recorded, however long that takes: who asks is about to.
  for _, each in ipairs(KEYS) do redis.call('PEXPIRE', each, kept_after_end_ms) end
  return { 'over', 0, done, unpack(redis.call('HMGET', key, 'mode', 'winner', 'reason', 'endedAt',
    'p1', 'p1Name', 'p1Picture', 'p1Score', 'p1Rating', 'p1Deviation',
    'p2', 'p2Name', 'p2Picture', 'p2Score', 'p2Rating', 'p2Deviation')) }
end
return { 'on', math.min(ends_at, golden_due, forfeit_at), done }
