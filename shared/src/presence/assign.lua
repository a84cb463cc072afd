-- A player goes into a match, unless in another: here it is decided that nobody is in two.
-- KEYS[1] presence
-- ARGV    room id, ms to keep the key
-- returns {'ok', gateway or ''} or {'busy', the other room}
local known = redis.call('HMGET', KEYS[1], 'room', 'gateway')
if known[1] and known[1] ~= ARGV[1] then
  return { 'busy', known[1] }
end
redis.call('HSET', KEYS[1], 'room', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 'ok', known[2] or '' }
