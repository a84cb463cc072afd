-- Takes over the matches that are due within the look-ahead, by moving each a lease ahead: if the taker dies,
-- it comes due again for another.
-- KEYS[1] due times
-- ARGV    look-ahead in ms, lease in ms, how many at most
-- returns for each: room, due time, when the lease runs out
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local taken = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.3f', now + ARGV[1]), 'BYSCORE', 'LIMIT', 0, ARGV[3], 'WITHSCORES')
if #taken == 0 then
  return taken
end
-- Due times are whole ms, and a lease never is: by its fraction, which is of this taking, a ticker knows its lease
-- again. So it cannot take a due time, or the lease of whoever took the match after it, for its own.
local fraction = (time[2] % 1000 + 0.5) / 1000
local leases, reply = {}, {}
for i = 1, #taken, 2 do
  local lease = string.format('%.4f', math.floor(math.max(now, tonumber(taken[i + 1]))) + ARGV[2] + fraction)
  leases[#leases + 1] = lease
  leases[#leases + 1] = taken[i]
  reply[#reply + 1] = taken[i]
  reply[#reply + 1] = taken[i + 1]
  reply[#reply + 1] = lease
end
redis.call('ZADD', KEYS[1], 'XX', unpack(leases))
return reply
