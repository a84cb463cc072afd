-- A player is out of a match.
-- KEYS[1] presence
-- ARGV    room id
-- returns 1 when the player was in it
if redis.call('HGET', KEYS[1], 'room') ~= ARGV[1] then
  return 0
end
redis.call('HDEL', KEYS[1], 'room')
return 1
