-- A player waits no more, wherever it was.
-- KEYS[1] queue  KEYS[2] tickets
-- ARGV    player id, number of the connection that the ticket was made by: a newer one's ticket stays
-- returns 'left'; 'paired' when it is too late, a match is coming; 'absent' when the player did not wait
local ticket = redis.call('HGET', KEYS[2], ARGV[1])
if not ticket then
  return 'absent'
end
if string.sub(ticket, 1, 1) == '@' then
  return 'paired'
end
if cjson.decode(ticket).connection ~= tonumber(ARGV[2]) then
  return 'absent'
end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 'left'
