-- A player is there by a new connection.
-- KEYS[1] match
-- ARGV    role, player id, number of the connection
-- returns when the other side's grace ends (ms): it had no end while both were away; 0 when it is not away
local key, role = KEYS[1], ARGV[1]
local game = redis.call('HMGET', key, role, 'phase', role .. 'Conn', role .. 'AwayUntil', other(role) .. 'AwayUntil', 'seq')
if game[1] ~= ARGV[2] or game[2] ~= 'on' or tonumber(game[3] or 0) > tonumber(ARGV[3]) then
  return 0
end
redis.call('HSET', key, role .. 'Conn', ARGV[3], role .. 'AwayUntil', '0')
if tonumber(game[4] or 0) > 0 then
  redis.call('HSET', key, 'seq', int(game[6] + 1))
  publish(key, 'back', game[6] + 1, ',"role":"' .. role .. '"')
end
return tonumber(game[5] or 0)
