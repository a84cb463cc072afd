-- A player gives up: the other side wins at once.
-- KEYS[1] match
-- ARGV    role, player id
-- returns 'ok' or why not
local key, role, player = KEYS[1], ARGV[1], ARGV[2]
local now = clock()
local game = redis.call('HMGET', key, role, other(role), 'phase', 'endsAt', 'seq', 'p1Score', 'p2Score',
  role .. 'AwayUntil', other(role) .. 'AwayUntil')
if game[1] ~= player then
  return 'not_in_match'
end
-- Past its end the score has decided, and past the other side's grace that one has lost, even if no ticker has said so yet.
local ends_at, away_until, other_away_until = tonumber(game[4]), tonumber(game[8] or 0), tonumber(game[9] or 0)
if game[3] == 'over' or now >= ends_at or has_forfeited(other_away_until, away_until, now, ends_at) then
  return 'match_over'
end
finish(key, now, tonumber(game[5]), game[6], game[7], game[2], 'quit')
return 'ok'
