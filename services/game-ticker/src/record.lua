-- Records a match for one of its players, once. Entries are read before the first write, since what a script has written
-- stays when it fails on the way.
-- KEYS[1] player  KEYS[2] history  KEYS[3] which games are recorded
-- ARGV    game id, history entry, points, won | lost | drawn, name, picture, opponent's id, when it ended (ms), for how
--         long it is known which games are recorded (ms), how many matches a history keeps, week, oldest week to keep,
--         labels of the weeks (JSON: number → label), rating and deviation of somebody who has none; and if the match
--         is rated: what is added to the rating, what the deviation is multiplied by
-- returns the player's points ever and of that week, matches, and the rating or nil, also when this match had been
--         recorded before; nil when the match is so long ago that nobody knows whether it is recorded
local player, history, recorded = KEYS[1], KEYS[2], KEYS[3]
local game, entry, points, outcome, name, picture, opponent = unpack(ARGV, 1, 7)
local ended_at, known_ms, kept, week, oldest_week = tonumber(ARGV[8]), ARGV[9], ARGV[10], ARGV[11], ARGV[12]
local week_labels = cjson.decode(ARGV[13])
local first_rating, first_deviation, delta, factor = unpack(ARGV, 14, 17)
local week_field = 'week:' .. week

local function decode_all(entries)
  for i, json in ipairs(entries) do
    entries[i] = cjson.decode(json)
  end
  return entries
end

local function label_of_week(seconds)
  -- Weeks begin on Monday, the clock on a Thursday.
  return week_labels[string.format('%d', math.floor((seconds / 86400 + 3) / 7))]
end

local function outcome_of(match)
  return match.winnerId == 'draw' and 'Drawn' or match.won and 'Won' or 'Lost'
end

local function add_to_older(match)
  redis.call('HINCRBY', player, 'olderMatches', 1)
  redis.call('HINCRBY', player, 'older' .. outcome_of(match), 1)
  redis.call('HINCRBY', player, 'olderPoints', match.score)
  if match.ratingDelta then
    redis.call('HINCRBY', player, 'olderRating', match.ratingDelta)
  end
  local label = label_of_week(match.timestamp)
  if label then
    redis.call('HINCRBY', player, 'olderWeek:' .. label, match.score)
  end
end

-- An older version has recorded the latest of these matches: it made no marks, and kept nothing of what the history
-- had no place for. That is now taken to be right, and counted in `olderAdopted`.
local function adopt(matches)
  local sums = { matches = 0, Won = 0, Drawn = 0, Lost = 0, points = 0, rating = 0 }
  local week_sums = {}
  for _, match in ipairs(matches) do
    redis.call('ZADD', recorded, 'NX', string.format('%.0f', match.timestamp * 1000), match.gameId)
    sums.matches = sums.matches + 1
    sums[outcome_of(match)] = sums[outcome_of(match)] + 1
    sums.points = sums.points + match.score
    sums.rating = sums.rating + (match.ratingDelta or 0)
    local label = label_of_week(match.timestamp)
    if label then
      week_sums['week:' .. label] = (week_sums['week:' .. label] or 0) + match.score
    end
  end
  local totals = redis.call('HMGET', player, 'matches', 'won', 'drawn', 'lost', 'points', 'rating')
  local older = tonumber(totals[1] or 0) - sums.matches
  redis.call('HSET', player, 'olderMatches', math.max(older, 0))
  if older <= 0 then
    return
  end
  redis.call('HSET', player, 'olderAdopted', older, 'olderWon', tonumber(totals[2] or 0) - sums.Won,
    'olderDrawn', tonumber(totals[3] or 0) - sums.Drawn, 'olderLost', tonumber(totals[4] or 0) - sums.Lost,
    'olderPoints', tonumber(totals[5] or 0) - sums.points)
  if totals[6] then
    redis.call('HSET', player, 'olderRating', totals[6] - first_rating - sums.rating)
  end
  local fields = redis.call('HGETALL', player)
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 5) == 'week:' then
      redis.call('HSET', player, 'olderWeek:' .. string.sub(fields[i], 6), fields[i + 1] - (week_sums[fields[i]] or 0))
    end
  end
end

local time = redis.call('TIME')
local forgotten = time[1] * 1000 + math.floor(time[2] / 1000) - known_ms
if ended_at <= forgotten and not redis.call('ZSCORE', recorded, game) then
  return false
end
local newest = redis.call('LINDEX', history, 0)
if newest then
  newest = cjson.decode(newest)
  local is_unmarked = newest.timestamp * 1000 > forgotten and not redis.call('ZSCORE', recorded, newest.gameId)
  if is_unmarked or redis.call('HEXISTS', player, 'olderMatches') == 0 then
    adopt(decode_all(redis.call('LRANGE', history, 0, -1)))
  end
end

if not redis.call('ZSCORE', recorded, game) then
  local dropped = decode_all(redis.call('LRANGE', history, kept - 1, -1))
  redis.call('ZADD', recorded, ARGV[8], game)
  redis.call('ZREMRANGEBYSCORE', recorded, '-inf', string.format('%.0f', forgotten))
  redis.call('PEXPIRE', recorded, known_ms)
  redis.call('LPUSH', history, entry)
  redis.call('LTRIM', history, 0, kept - 1)
  redis.call('HSETNX', player, 'olderMatches', 0)
  for _, match in ipairs(dropped) do
    add_to_older(match)
  end
  redis.call('HSET', player, 'name', name, 'picture', picture, 'lastOpponent', opponent)
  redis.call('HINCRBY', player, 'matches', 1)
  redis.call('HINCRBY', player, outcome, 1)
  redis.call('HINCRBY', player, 'points', points)
  if delta then
    -- Added and multiplied, not set: results may come in any order, and two at once.
    redis.call('HSETNX', player, 'rating', first_rating)
    redis.call('HINCRBY', player, 'rating', delta)
    local deviation = tonumber(redis.call('HGET', player, 'deviation') or first_deviation)
    redis.call('HSET', player, 'deviation', string.format('%.4f', deviation * factor))
  end
  if redis.call('HINCRBY', player, week_field, points) == tonumber(points) then
    -- The first points of a week: a good moment to forget weeks whose leaderboard is gone.
    for _, field in ipairs(redis.call('HKEYS', player)) do
      local label = string.match(field, '^week:(.+)') or string.match(field, '^olderWeek:(.+)')
      if label and label < oldest_week then
        redis.call('HDEL', player, field)
      end
    end
  end
end
local totals = redis.call('HMGET', player, 'points', week_field, 'matches', 'rating')
return { tonumber(totals[1] or 0), tonumber(totals[2] or 0), tonumber(totals[3] or 0), totals[4] and tonumber(totals[4]) }
