-- Two players meet by a code: the first waits, the second makes the pair. There is only one pair to make, so it is
-- made here and no matchmaker has to choose; the pair goes into `pending` in the same moment, as any other.
-- KEYS[1] party  KEYS[2] queue  KEYS[3] tickets  KEYS[4] pending
-- ARGV    player id, ticket, code, room id for the match, ms that a new code holds, ms to remember that it held
-- returns {'queued', since when (ms), until when (ms)}; {'paired'} when the player is in a pair already;
--         {'older'} when a newer connection of the player waits; {'made'} when the pair is made by this; {'used'} when two others met; {'expired'}
local party, queue, tickets, pending = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local player, ticket, code = ARGV[1], ARGV[2], ARGV[3]
local own = redis.call('HGET', tickets, player)
if own and string.sub(own, 1, 1) == '@' then
  return { 'paired' }
end
if own and cjson.decode(own).connection > cjson.decode(ticket).connection then
  return { 'older' }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HMGET', party, 'expiresAt', 'waiting', 'since', 'used')
if known[4] then
  return { 'used' }
end
local expires_at = tonumber(known[1] or now + ARGV[5])
if expires_at <= now then
  return { 'expired' }
end
if not known[1] then
  redis.call('HSET', party, 'expiresAt', string.format('%.0f', expires_at))
  -- Remembered for a while after it has run out: whoever comes late learns why nobody is there.
  redis.call('PEXPIRE', party, ARGV[5] + ARGV[6])
end
-- The player waits here and nowhere else.
redis.call('ZREM', queue, player)
local other = known[2]
local theirs = other and other ~= player and redis.call('HGET', tickets, other)
-- Who waited here may have left, or wait elsewhere by now: their ticket tells.
if theirs and string.sub(theirs, 1, 1) ~= '@' and cjson.decode(theirs).code == code then
  redis.call('HSET', tickets, player, '@' .. ARGV[4], other, '@' .. ARGV[4])
  redis.call('HSET', pending, ARGV[4], '{"roomId":"' .. ARGV[4] .. '","p1":' .. theirs .. ',"p2":' .. ticket
    .. ',"since":[' .. known[3] .. ',' .. string.format('%.0f', now) .. '],"at":' .. string.format('%.0f', now) .. '}')
  redis.call('HSET', party, 'used', '1')
  return { 'made' }
end
local since = other == player and own and tonumber(known[3]) or now
redis.call('HSET', party, 'waiting', player, 'since', string.format('%.0f', since))
redis.call('HSET', tickets, player, ticket)
return { 'queued', since, expires_at }
