-- Records a match for one of its players, once.
-- KEYS[1] player  KEYS[2] history
-- ARGV    game id, history entry, points, won | lost | drawn, name, picture, week, oldest week to keep
-- returns the player's points ever and of that week, also when this match had been recorded before
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
  redis.call('HSET', player, 'name', ARGV[5], 'picture', ARGV[6])
  redis.call('HINCRBY', player, 'matches', 1)
  redis.call('HINCRBY', player, ARGV[4], 1)
  redis.call('HINCRBY', player, 'points', ARGV[3])
  if redis.call('HINCRBY', player, week_field, ARGV[3]) == tonumber(ARGV[3]) then
    -- The first points of a week: a good moment to forget weeks whose leaderboard is gone.
    for _, field in ipairs(redis.call('HKEYS', player)) do
      if string.sub(field, 1, 5) == 'week:' and field < 'week:' .. ARGV[8] then
        redis.call('HDEL', player, field)
      end
    end
  end
end
local totals = redis.call('HMGET', player, 'points', week_field)
return { tonumber(totals[1] or 0), tonumber(totals[2] or 0) }
