-- Puts a player's rating on its board, unless a later one is there: whoever wants to put it may have slept since it
-- read it.
-- KEYS[1] board  KEYS[2] player → how many matches had led to the rating that is on the board
-- ARGV    player, rating, how many matches have led to it
if tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or 0) <= tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
end
