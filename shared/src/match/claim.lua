-- Gives the golden cookie to the first who asks.
-- KEYS[1] match, KEYS[2] its steps, KEYS[3] its golden cookies
-- ARGV    role, player id, number of the golden cookie meant or 0 for whichever is there
-- returns 'ok' or why not
local key, role, player = KEYS[1], ARGV[1], ARGV[2]
local now = clock()
local game = redis.call('HMGET', key, role, 'phase', 'startsAt', 'endsAt', 'seq', 'p1Score', 'p2Score', 'goldenOpen',
  'goldenId', 'goldenPoints', 'bonusMs', role .. 'BonusFrom', role .. 'BonusUntil', role .. 'Counted',
  'stepMs')
if game[1] ~= player then
  return 'not_in_match'
end
if game[2] == 'over' or now >= tonumber(game[4]) then
  return 'match_over'
end
if now < tonumber(game[3]) then
  return 'not_started'
end
if game[8] ~= '1' or (ARGV[3] ~= '0' and ARGV[3] ~= game[9]) then
  return 'no_golden_cookie'
end
local p1_score, p2_score, seq = tonumber(game[6]), tonumber(game[7]), game[5] + 1
if role == 'p1' then p1_score = p1_score + game[10] else p2_score = p2_score + game[10] end
local bonus_until = now + game[11]
redis.call('HSET', key, 'seq', int(seq), 'goldenOpen', '0', 'goldenBy', player, 'goldenClaimed', game[9], role .. 'BonusUntil', int(bonus_until),
  role .. 'Score', int(role == 'p1' and p1_score or p2_score))
-- A bonus that still runs is made longer, with what was doubled in it; else a new one begins.
if now >= tonumber(game[13] or 0) then
  redis.call('HSET', key, role .. 'BonusFrom', int(now), role .. 'Doubled', '0')
end
local at = now - game[3]
keep_step(KEYS[2], game[15], at, role, role == 'p1' and p1_score or p2_score, game[14] or 0)
keep_golden(KEYS[3], game[15], '[' .. game[9] .. ',' .. int(at) .. ',"' .. role .. '"]')
publish(key, 'claim', seq, ',"role":"' .. role .. '","id":' .. game[9] .. ',"claimedBy":' .. cjson.encode(player) .. ',"bonusUntil":'
  .. int(bonus_until) .. ',"p1Score":' .. int(p1_score) .. ',"p2Score":' .. int(p2_score))
return 'ok'
