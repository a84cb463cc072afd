-- A pending pair is done with: announced, or taken apart again.
-- KEYS[1] queue  KEYS[2] tickets  KEYS[3] pending
-- ARGV    room id, p1, p2, then for each player who is to wait on: id, since when, ticket
local mark = '@' .. ARGV[1]
if redis.call('HDEL', KEYS[3], ARGV[1]) == 0 then
  return
end
for i = 2, 3 do
  if redis.call('HGET', KEYS[2], ARGV[i]) == mark then
    redis.call('HDEL', KEYS[2], ARGV[i])
  end
end
for i = 4, #ARGV, 3 do
  redis.call('ZADD', KEYS[1], ARGV[i + 1], ARGV[i])
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 2])
end
