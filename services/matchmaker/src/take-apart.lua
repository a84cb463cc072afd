-- A pair that cannot play is taken apart; those who wait on get their old places back.
-- KEYS[1] tickets  KEYS[2] pending  KEYS[3] queue, or the party in which the two met
-- ARGV    room id, p1, p2, 'queue' or 'party', then for each player who waits on: id, since when, ticket
-- returns 1, or 0 when somebody else has dealt with it
if redis.call('HDEL', KEYS[2], ARGV[1]) == 0 then
  return 0
end
local mark = '@' .. ARGV[1]
for i = 2, 3 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == mark then
    redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
if ARGV[4] == 'party' then
  redis.call('HDEL', KEYS[3], 'used', 'waiting', 'since')
end
for i = 5, #ARGV, 3 do
  local player, since, ticket = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  -- A ticket that is there is newer: it was made after this pair had been taken apart by somebody else.
  if redis.call('HSETNX', KEYS[1], player, ticket) == 1 then
    if ARGV[4] == 'party' then
      redis.call('HSET', KEYS[3], 'waiting', player, 'since', since)
    else
      redis.call('ZADD', KEYS[3], since, player)
    end
  end
end
return 1
