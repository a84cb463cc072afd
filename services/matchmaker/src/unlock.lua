-- Gives the lock back, unless it has run out and is somebody else's by now.
-- KEYS[1] lock
-- ARGV    owner's token
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
