-- A player gives up: the other side wins at once.
-- KEYS[1] match
-- ARGV    role, player id
-- returns 'ok' or why not
local key, role, player = KEYS[1], ARGV[1], ARGV[2]
local now = clock()
local game = redis.call('HMGET', key, role, other(role), 'phase', 'endsAt', 'seq', 'p1Score', 'p2Score')
if game[1] ~= player then
  return 'not_in_match'
end
-- Past its end the score has decided, even if no ticker has said so yet.
if game[3] == 'over' or now >= tonumber(game[4]) then
  return 'match_over'
end
finish(key, now, tonumber(game[5]), game[6], game[7], game[2], 'quit')
return 'ok'
