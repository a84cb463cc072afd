-- A player is there by a new connection.
-- KEYS[1] match
-- ARGV    role, player id, number of the connection
-- returns 1 when the clock must look at the match, because a grace has something to do with it; else 0
local key, role = KEYS[1], ARGV[1]
local game = redis.call('HMGET', key, role, 'phase', role .. 'Conn', role .. 'AwayUntil', other(role) .. 'AwayUntil',
  'seq', 'endsAt')
if game[1] ~= ARGV[2] or game[2] ~= 'on' or tonumber(game[3] or 0) > tonumber(ARGV[3]) then
  return 0
end
local away_until, other_away_until = tonumber(game[4] or 0), tonumber(game[5] or 0)
-- Too late: the other side has won.
if has_forfeited(away_until, other_away_until, clock(), tonumber(game[7])) then
  return 1
end
redis.call('HSET', key, role .. 'Conn', ARGV[3], role .. 'AwayUntil', '0')
if away_until > 0 then
  redis.call('HSET', key, 'seq', int(game[6] + 1))
  publish(key, 'back', game[6] + 1, ',"role":"' .. role .. '"')
end
-- While both were away, the other side's grace had no end.
return other_away_until > 0 and 1 or 0
