-- A player's connection is gone: the grace begins.
-- KEYS[1] match
-- ARGV    role, number of the connection that is gone
-- returns when the grace ends (ms), or 0 when the player is still there by a newer connection or it is over
local key, role = KEYS[1], ARGV[1]
local now = clock()
local game = redis.call('HMGET', key, 'phase', role .. 'Conn', role .. 'AwayUntil', 'graceMs', 'seq',
  other(role) .. 'AwayUntil', 'endsAt')
if game[1] ~= 'on' or tonumber(game[2] or 0) > tonumber(ARGV[2]) or tonumber(game[3] or 0) > 0 then
  return 0
end
-- The other side has lost already: with both away the score would decide in its place.
if has_forfeited(tonumber(game[6] or 0), 0, now, tonumber(game[7])) then
  return 0
end
local away_until, seq = now + game[4], game[5] + 1
redis.call('HSET', key, 'seq', int(seq), role .. 'AwayUntil', int(away_until))
publish(key, 'away', seq, ',"role":"' .. role .. '","until":' .. int(away_until))
return away_until
