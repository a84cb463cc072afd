-- Takes on the gateways that have given no sign of life: whoever asks next finds them silent again only if this
-- one does not finish. Who has not watched without a break for as long cannot tell a dead gateway from one that could
-- not be heard, because Valkey was away, full or asleep: then all of them look silent.
-- KEYS[1] gateways
-- ARGV    silence in ms, longest time between two looks of an unbroken watch in ms,
--         when the watch began (ms), when its latest look was (ms), by this server's clock
-- returns {when the watch began, now, gateway ids}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- Nobody has this name, so that it changes nothing; but a Valkey that takes no writes refuses it, as it refuses the
-- gateways' signs of life, and so breaks the watch.
redis.call('ZADD', KEYS[1], 'XX', 0, '')
local silence, since, latest = tonumber(ARGV[1]), tonumber(ARGV[3]), tonumber(ARGV[4])
if now - latest > tonumber(ARGV[2]) then
  return { now, now, {} }
end
if now - since < silence then
  return { since, now, {} }
end
local silent = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now - silence), 'BYSCORE', 'LIMIT', 0, 100)
for _, gateway in ipairs(silent) do
  redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', now), gateway)
end
return { since, now, silent }
