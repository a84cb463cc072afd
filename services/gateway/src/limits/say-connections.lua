-- A gateway says how many connections it has from an address. It is not taken down if all gateways together would have
-- too many.
-- KEYS[1] connections from the address
-- ARGV    gateway, how many it has, the most there may be on all together ('' for any number), how long it is kept in
--         ms, gateways that are dead: what they had is gone
-- returns nothing, or the other gateways that have some if they are too many
for i = 5, #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[i])
end
if ARGV[2] == '0' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  return nil
end
if ARGV[3] ~= '' then
  local all = tonumber(ARGV[2])
  local others = {}
  local counts = redis.call('HGETALL', KEYS[1])
  for i = 1, #counts, 2 do
    if counts[i] ~= ARGV[1] then
      all = all + tonumber(counts[i + 1])
      others[#others + 1] = counts[i]
    end
  end
  if all > tonumber(ARGV[3]) then
    return others
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return nil
