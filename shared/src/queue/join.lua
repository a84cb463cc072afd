-- A player waits in the common queue. Joining again changes nothing but the ticket's content: nobody loses their place.
-- KEYS[1] queue  KEYS[2] tickets
-- ARGV    player id, ticket
-- returns {'queued', since when (ms), how many wait}; {'paired'} when the player has just been taken out of the
--         queue and the match is about to be announced; {'older'} when a newer connection of the player waits
local ticket = redis.call('HGET', KEYS[2], ARGV[1])
if ticket and string.sub(ticket, 1, 1) == '@' then
  return { 'paired' }
end
-- A connection that has been taken over may not have heard of it yet.
if ticket and cjson.decode(ticket).connection > cjson.decode(ARGV[2]).connection then
  return { 'older' }
end
local time = redis.call('TIME')
-- To the microsecond: of two who join in the same millisecond the first is still the first.
redis.call('ZADD', KEYS[1], 'NX', string.format('%d%03d.%03d', time[1], time[2] / 1000, time[2] % 1000), ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return { 'queued', tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1])), redis.call('ZCARD', KEYS[1]) }
