-- Records a match for one of its players, once. All is read before the first write, since what a script has written stays
-- when it fails on the way.
-- KEYS[1] player  KEYS[2] history  KEYS[3] which games are recorded, and when they ended
-- ARGV    history entry, when the match ended (ms), for how long it is known which games are recorded (ms), how many
--         matches a history keeps, oldest week to keep, rating and deviation of somebody who has none, what the
--         deviation is multiplied by
-- returns the player's points ever and of that week, matches, and the rating or nil, also when this match had been
--         recorded before; nil when the match is so long ago that nobody knows whether it is recorded
local player, history, recorded = KEYS[1], KEYS[2], KEYS[3]
local entry, ended_at, known_ms, kept, oldest_week, first_rating, first_deviation, factor = unpack(ARGV)
local match = cjson.decode(entry)
local week_field = 'week:' .. match.week

-- To the player's totals, or, beside them and with `older:` before their names, to those of matches not listed any more.
local function add(game, older)
  redis.call('HINCRBY', player, older .. 'matches', 1)
  redis.call('HINCRBY', player, older .. (game.winnerId == 'draw' and 'drawn' or game.won and 'won' or 'lost'), 1)
  redis.call('HINCRBY', player, older .. 'points', game.score)
  redis.call('HINCRBY', player, older .. 'week:' .. game.week, game.score)
  if game.ratingDelta then
    redis.call('HINCRBY', player, older .. 'rating', game.ratingDelta)
  end
end

local function forget_weeks()
  for _, field in ipairs(redis.call('HKEYS', player)) do
    local week = string.match(field, '^week:(.+)') or string.match(field, '^older:week:(.+)')
    if week and week < oldest_week then
      redis.call('HDEL', player, field)
    end
  end
end

if not redis.call('ZSCORE', recorded, match.gameId) then
  local time = redis.call('TIME')
  local known_since = time[1] * 1000 + math.floor(time[2] / 1000) - known_ms
  if tonumber(ended_at) <= known_since then
    return false
  end
  local is_full = redis.call('LLEN', history) >= tonumber(kept)
  local oldest = is_full and cjson.decode(redis.call('LINDEX', history, -1))
  local is_new_week = redis.call('HEXISTS', player, week_field) == 0
  redis.call('ZADD', recorded, ended_at, match.gameId)
  redis.call('ZREMRANGEBYSCORE', recorded, '-inf', string.format('%.0f', known_since))
  redis.call('PEXPIRE', recorded, known_ms)
  redis.call('LPUSH', history, entry)
  redis.call('HSET', player, 'name', match.playerName, 'picture', match.playerPicture, 'lastOpponent', match.opponent)
  if match.ratingDelta then
    -- Added and multiplied, not set: results may come in any order, and two at once.
    redis.call('HSETNX', player, 'rating', first_rating)
    local deviation = tonumber(redis.call('HGET', player, 'deviation') or first_deviation)
    redis.call('HSET', player, 'deviation', string.format('%.4f', deviation * factor))
  end
  add(match, '')
  if oldest then
    redis.call('RPOP', history)
    add(oldest, 'older:')
  end
  if is_new_week then
    -- A good moment to forget weeks whose leaderboard is gone.
    forget_weeks()
  end
end
local totals = redis.call('HMGET', player, 'points', week_field, 'matches', 'rating')
return { tonumber(totals[1]), tonumber(totals[2]), tonumber(totals[3]), totals[4] and tonumber(totals[4]) }
