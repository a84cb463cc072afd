-- A match that was taken has been worked on: this is when it needs its clock next. Only while the lease stands: since
-- then somebody may have asked for the clock, for instance because a player has quit, or another ticker may have taken
-- the match, because this one was slow. Either knows more of it than whoever looked before.
-- KEYS[1] due times
-- ARGV    room, the lease (ms), when next (ms) or '' for never
-- returns 1, or 0 when the lease does not stand any more: nothing has changed
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) ~= tonumber(ARGV[2]) then
  return 0
end
if ARGV[3] == '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
end
return 1
