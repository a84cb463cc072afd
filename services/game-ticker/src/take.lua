-- Takes over the matches that are due within the look-ahead, by moving each a lease ahead: if the taker dies,
-- it comes due again for another.
-- KEYS[1] due times
-- ARGV    look-ahead in ms, lease in ms, how many at most
-- returns room, due time, room, due time, …
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local taken = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now + ARGV[1]), 'BYSCORE', 'LIMIT', 0, ARGV[3], 'WITHSCORES')
if #taken == 0 then
  return taken
end
local leases = {}
for i = 1, #taken, 2 do
  leases[i] = string.format('%.0f', math.max(now, tonumber(taken[i + 1])) + ARGV[2])
  leases[i + 1] = taken[i]
end
redis.call('ZADD', KEYS[1], 'XX', unpack(leases))
return taken
