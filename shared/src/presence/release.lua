-- A player is out of a match. It is remembered as the latest, for a rematch.
-- KEYS[1] presence
-- ARGV    room id
-- returns 1 when the player was in it
if redis.call('HGET', KEYS[1], 'room') ~= ARGV[1] then
  return 0
end
redis.call('HDEL', KEYS[1], 'room')
redis.call('HSET', KEYS[1], 'lastRoom', ARGV[1])
return 1
