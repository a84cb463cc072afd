-- Something may be done so often in the long run, and as often as a whole bucket holds at once: takes one out of
-- somebody's bucket. Kept is only when it will be full again (GCRA).
-- KEYS[1] when the bucket will be full again, in ms by this server's clock
-- ARGV    ms after which there is one more in it, how many it holds
-- returns 0, or in how many ms there will be one in it
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local every, holds = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0)) + every
local wait = full - now - every * holds
-- A bucket that has just become empty may miss it by a rounding.
if wait > 0.001 then
  return math.ceil(wait)
end
redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now))
return 0
