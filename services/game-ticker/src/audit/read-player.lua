-- A player's totals and history, both of the same moment.
-- KEYS[1] player  KEYS[2] history
return { redis.call('HGETALL', KEYS[1]), redis.call('LRANGE', KEYS[2], 0, -1) }
