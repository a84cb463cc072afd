-- A gateway holds a player no more by this connection; by a newer one it may.
-- KEYS[1] connections of the gateway
-- ARGV    player id, connection number
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  redis.call('HDEL', KEYS[1], ARGV[1])
end
