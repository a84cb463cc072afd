-- A player's connection is gone.
-- KEYS[1] presence
-- ARGV    connection number
-- returns 1, or 0 when a newer connection has taken over
local connection = redis.call('HGET', KEYS[1], 'connection')
if connection and tonumber(connection) > tonumber(ARGV[1]) then
  return 0
end
redis.call('HDEL', KEYS[1], 'gateway')
return 1
