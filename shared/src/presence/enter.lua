-- A player connects. Connections are numbered by the clock, so that a later one has the higher number even if
-- this key was lost in between.
-- KEYS[1] presence
-- ARGV    gateway id, ms to keep the key
-- returns {connection number, gateway of the one before or '', room or ''}
local known = redis.call('HMGET', KEYS[1], 'gateway', 'connection', 'room')
local time = redis.call('TIME')
local connection = math.max((known[2] or 0) + 1, time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('HSET', KEYS[1], 'gateway', ARGV[1], 'connection', string.format('%.0f', connection))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { connection, known[1] or '', known[3] or '' }
