-- Records a match for one of its players, once.
-- KEYS[1] player  KEYS[2] history
-- ARGV    game id, history entry, points, won | lost | drawn, name, picture, week, oldest week to keep, opponent's id;
--         and if the match is rated: what is added to the rating, what the deviation is multiplied by, and the rating
--         and deviation of somebody who had none
-- returns the player's points ever and of that week, and the rating or nil, also when this match had been recorded
--         before
local player, history, game, week_field = KEYS[1], KEYS[2], ARGV[1], 'week:' .. ARGV[7]
local mark = '"gameId":"' .. game .. '"'
local recorded = false
for _, entry in ipairs(redis.call('LRANGE', history, 0, -1)) do
  if string.find(entry, mark, 1, true) then
    recorded = true
    break
  end
end
if not recorded then
  redis.call('LPUSH', history, ARGV[2])
  redis.call('LTRIM', history, 0, 99)
  redis.call('HSET', player, 'name', ARGV[5], 'picture', ARGV[6], 'lastOpponent', ARGV[9])
  redis.call('HINCRBY', player, 'matches', 1)
  redis.call('HINCRBY', player, ARGV[4], 1)
  redis.call('HINCRBY', player, 'points', ARGV[3])
  if ARGV[10] then
    -- Added and multiplied, not set: results may come in any order, and two at once.
    redis.call('HSETNX', player, 'rating', ARGV[12])
    redis.call('HINCRBY', player, 'rating', ARGV[10])
    local deviation = tonumber(redis.call('HGET', player, 'deviation') or ARGV[13])
    redis.call('HSET', player, 'deviation', string.format('%.4f', deviation * ARGV[11]))
  end
  if redis.call('HINCRBY', player, week_field, ARGV[3]) == tonumber(ARGV[3]) then
    -- The first points of a week: a good moment to forget weeks whose leaderboard is gone.
    for _, field in ipairs(redis.call('HKEYS', player)) do
      if string.sub(field, 1, 5) == 'week:' and field < 'week:' .. ARGV[8] then
        redis.call('HDEL', player, field)
      end
    end
  end
end
local totals = redis.call('HMGET', player, 'points', week_field, 'rating')
return { tonumber(totals[1] or 0), tonumber(totals[2] or 0), totals[3] and tonumber(totals[3]) }
