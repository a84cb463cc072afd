-- Takes over the matches that are due within the look-ahead, by moving each a lease ahead: if the taker dies,
-- it comes due again for another.
-- KEYS[1] due times
-- ARGV    look-ahead in ms, lease in ms, how many at most
-- returns for each: room, due time, when the lease runs out
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local taken = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now + ARGV[1]), 'BYSCORE', 'LIMIT', 0, ARGV[3], 'WITHSCORES')
if #taken == 0 then
  return taken
end
local leases, reply = {}, {}
for i = 1, #taken, 2 do
  local lease = string.format('%.0f', math.max(now, tonumber(taken[i + 1])) + ARGV[2])
  leases[#leases + 1] = lease
  leases[#leases + 1] = taken[i]
  reply[#reply + 1] = taken[i]
  reply[#reply + 1] = taken[i + 1]
  reply[#reply + 1] = lease
end
redis.call('ZADD', KEYS[1], 'XX', unpack(leases))
return reply
