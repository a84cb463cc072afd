-- Takes on the gateways that have given no sign of life: whoever asks next finds them silent again only if this
-- one does not finish.
-- KEYS[1] gateways
-- ARGV    silence in ms
-- returns gateway ids
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local silent = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[1]), 'BYSCORE', 'LIMIT', 0, 100)
for _, gateway in ipairs(silent) do
  redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', now), gateway)
end
return silent
