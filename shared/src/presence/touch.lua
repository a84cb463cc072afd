-- A player is still connected.
-- KEYS[1] presence
-- ARGV    gateway id, connection number, ms to keep the key
-- returns 1, or 0 when a newer connection has taken over
local connection = redis.call('HGET', KEYS[1], 'connection')
if connection and tonumber(connection) > tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], 'gateway', ARGV[1], 'connection', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
