-- A gateway lives.
-- KEYS[1] gateways
-- ARGV    gateway id
-- returns 1 when it was known to, 0 when it is new or had been taken for dead
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return 1 - redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
