-- A pair is announced: nothing is left of it here.
-- KEYS[1] tickets  KEYS[2] pending
-- ARGV    room id, p1, p2
local mark = '@' .. ARGV[1]
redis.call('HDEL', KEYS[2], ARGV[1])
for i = 2, 3 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == mark then
    redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
