-- A service lives, and says how it is.
-- KEYS[1] latest signs of life
-- KEYS[2] what each service says of itself
-- ARGV    instance, what it says of itself, how long a silent one is remembered in ms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local before = string.format('%.0f', now - ARGV[3])
for _, instance in ipairs(redis.call('ZRANGE', KEYS[1], '-inf', before, 'BYSCORE', 'LIMIT', 0, 100)) do
  redis.call('ZREM', KEYS[1], instance)
  redis.call('HDEL', KEYS[2], instance)
end
