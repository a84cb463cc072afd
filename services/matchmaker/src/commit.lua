-- Takes pairs out of the queue, each into `pending` in the same moment: whoever dies after this, the next
-- matchmaker finds the pair there.
-- KEYS[1] queue  KEYS[2] tickets  KEYS[3] pending  KEYS[4] fence  KEYS[5] waits
-- ARGV    fencing number, how many waits to remember and for how many ms, then for each pair: room id, p1, p2
-- returns the pairs committed (JSON each); a pair of which somebody has left meanwhile is passed over.
--         With a fencing number that is not the latest, nothing is committed: {'fenced'}
if redis.call('GET', KEYS[4]) ~= ARGV[1] then
  return { 'fenced' }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at = string.format('%.0f', now)
local committed, waits = {}, {}
for i = 4, #ARGV, 3 do
  local room, p1, p2 = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local since = redis.call('ZMSCORE', KEYS[1], p1, p2)
  local tickets = redis.call('HMGET', KEYS[2], p1, p2)
  if since[1] and since[2] and tickets[1] and tickets[2] then
    local pair = '{"roomId":"' .. room .. '","p1":' .. tickets[1] .. ',"p2":' .. tickets[2]
      .. ',"since":[' .. since[1] .. ',' .. since[2] .. '],"at":' .. at .. '}'
    redis.call('ZREM', KEYS[1], p1, p2)
    redis.call('HSET', KEYS[2], p1, '@' .. room, p2, '@' .. room)
    redis.call('HSET', KEYS[3], room, pair)
    committed[#committed + 1] = pair
    -- Of the one who had to wait: the other one came when there was somebody.
    waits[#waits + 1] = string.format('%.0f', math.max(0, now - math.min(since[1], since[2])))
  end
end
if #waits > 0 then
  redis.call('LPUSH', KEYS[5], unpack(waits))
  redis.call('LTRIM', KEYS[5], 0, ARGV[2] - 1)
  redis.call('PEXPIRE', KEYS[5], ARGV[3])
end
return committed
