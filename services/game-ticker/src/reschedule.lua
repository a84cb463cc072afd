-- A match that was taken has been worked on: this is when it needs its clock next. It stays as it is if somebody
-- has asked for the clock meanwhile, for instance because a player has quit, or if its end has been seen to.
-- KEYS[1] due times
-- ARGV    room, when next (ms), when it comes due again because of the lease (ms)
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if score and tonumber(score) >= tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
end
