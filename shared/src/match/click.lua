-- Counts clicks, each exactly once.
-- KEYS[1] match, KEYS[2] its steps
-- ARGV    role, player id, first and last number of the clicks; first = 0: `last` many clicks without numbers
-- returns {outcome, ack, counted, dropped}; outcome is 'ok' or why none counted
local key, role, player, first, last = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local now = clock()
local game = redis.call('HMGET', key, role, 'phase', 'startsAt', 'endsAt', 'seq', 'p1Score', 'p2Score', role .. 'Ack',
  role .. 'Holes', role .. 'Counted', role .. 'BonusUntil', 'clickRate', 'clickBurst', 'clickPoints', 'stepMs')
local ack = tonumber(game[8] or 0)
if game[1] ~= player then
  return { 'not_in_match', 0, 0, 0 }
end
local starts_at, ends_at = tonumber(game[3]), tonumber(game[4])
if game[2] == 'over' or now >= ends_at then
  return { 'match_over', ack, 0, 0 }
end
if now < starts_at then
  return { 'not_started', ack, 0, 0 }
end

-- How many more a hand can have made since the start.
local rate = tonumber(game[12])
local counted_before = tonumber(game[10] or 0)
local allowed = math.floor(rate * (now - starts_at) / 1000) + game[13] - counted_before
-- Nobody can have made so many clicks that are missing before these: a client that makes numbers up. Its ack stays as
-- it is, so that clicks with honest numbers still count.
if first - 1 - ack > math.max(allowed, 0) then
  return { 'seq_jump', ack, 0, 0 }
end

-- Which of them are new. All numbers up to `ack` are dealt with, but for the holes: ranges that a client skipped
-- and may still send. Clients that number in order have none. Clicks without numbers are new, and have no part in it.
local max_holes = 64
local holes, fresh = game[9] or '', last
if first == ack + 1 then
  -- The next ones, as nearly always: no hole is that high.
  fresh, ack = last - ack, last
elseif first > 0 then
  fresh = math.max(0, last - math.max(first - 1, ack))
  local left = {}
  for from, to in string.gmatch(holes, '(%d+)-(%d+)') do
    from, to = tonumber(from), tonumber(to)
    local low, high = math.max(from, first), math.min(to, last)
    if low > high then
      left[#left + 1] = int(from) .. '-' .. int(to)
    else
      fresh = fresh + high - low + 1
      if from < low then left[#left + 1] = int(from) .. '-' .. int(low - 1) end
      if high < to then left[#left + 1] = int(high + 1) .. '-' .. int(to) end
    end
  end
  if first > ack + 1 then
    left[#left + 1] = int(ack + 1) .. '-' .. int(first - 1)
  end
  -- Refused rather than forgotten: the client may send them again when it has sent what is missing.
  if #left > max_holes then
    return { 'too_many_gaps', ack, 0, 0 }
  end
  holes = table.concat(left, ',')
  ack = math.max(ack, last)
end
if fresh == 0 then
  return { 'ok', ack, 0, 0 }
end

-- The rest is too fast, and dealt with all the same: sent again later, it would profit from the time passed.
local counted = math.max(0, math.min(fresh, allowed))
local dropped = fresh - counted
local ack_text = int(ack)
local changes = { role .. 'Ack', ack_text, role .. 'Counted', int(counted_before + counted) }
local function change(field, value)
  changes[#changes + 1] = field
  changes[#changes + 1] = value
end
if holes ~= (game[9] or '') then change(role .. 'Holes', holes) end
if counted == 0 then
  redis.call('HSET', key, unpack(changes))
  return { 'ok', ack, 0, dropped }
end

-- What they are worth. Only as many are doubled as could be made within the bonus' window.
local click_points = tonumber(game[14])
local points = counted * click_points
local bonus_until = tonumber(game[11] or 0)
if now < bonus_until then
  local bonus = redis.call('HMGET', key, role .. 'BonusFrom', role .. 'Doubled', 'bonusFactor')
  local doubled_before = tonumber(bonus[2] or 0)
  local cap = math.floor(rate * (bonus_until - bonus[1]) / 1000) - doubled_before
  local doubled = math.max(0, math.min(counted, cap))
  points = points + doubled * click_points * (bonus[3] - 1)
  change(role .. 'Doubled', int(doubled_before + doubled))
end
local seq, p1_score, p2_score = game[5] + 1, game[6], game[7]
if role == 'p1' then p1_score = int(p1_score + points) else p2_score = int(p2_score + points) end
change('seq', int(seq))
change(role .. 'Score', role == 'p1' and p1_score or p2_score)
redis.call('HSET', key, unpack(changes))
keep_step(KEYS[2], game[15], now - starts_at, role, role == 'p1' and p1_score or p2_score, counted_before + counted)
publish(key, 'click', seq, ',"role":"' .. role .. '","count":' .. int(counted) .. ',"ack":' .. ack_text
  .. ',"p1Score":' .. p1_score .. ',"p2Score":' .. p2_score)
return { 'ok', ack, counted, dropped }
