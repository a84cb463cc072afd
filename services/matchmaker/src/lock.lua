-- Takes the lock, and with it a fencing number higher than anyone had before.
-- KEYS[1] lock  KEYS[2] fence
-- ARGV    owner's token, ms until the lock is free again by itself
-- returns the fencing number, or 0 when somebody else has the lock
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return 0
end
return redis.call('INCR', KEYS[2])
