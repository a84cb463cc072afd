-- Counts clicks, each exactly once.
-- It runs more often than all other scripts together, thousands of times a second. So it stands alone: to make the prelude's
-- functions anew at each call would take a tenth of its time. And what is text already is handed on as text: to read a
-- number or to write one takes half as long as to get a field of the hash.
-- KEYS[1] match, KEYS[2] its steps
-- ARGV    role, player id, first and last number of the clicks; first = 0: `last` many clicks without numbers
-- returns how many were too fast to count, if the numbers were the next ones and in time: `last` is the ack then; else
--         {outcome, ack, counted, dropped}; outcome is 'ok' or why none counted
local call = redis.call
local key, role, player, first = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])
-- Nearly always it is one click.
local last = ARGV[4] == ARGV[3] and first or tonumber(ARGV[4])
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local terms_field, ack_field, counted_field = role .. ':' .. player, role .. 'Ack', role .. 'Counted'
local game = call('HMGET', key, terms_field, 'phase', 'seq', 'p1Score', 'p2Score', ack_field, counted_field,
  role .. 'BonusUntil')

-- All that never changes is in one field named after the player: numbers that need not be read from text, and proof that
-- the player is in the match. The player's first click makes it, whichever version began the match. Gateways of two versions
-- share it during a deploy: with another format it needs another name.
local terms, terms_format = game[1], '>ddddddd'
if not terms then
  local known = call('HMGET', key, role, 'startsAt', 'endsAt', 'clickRate', 'clickBurst', 'clickPoints', 'bonusFactor',
    'stepMs')
  if known[1] ~= player then
    return { 'not_in_match', 0, 0, 0 }
  end
  terms = struct.pack(terms_format, known[2], known[3], known[4], known[5], known[6], known[7],
    known[8] or 0)
  call('HSET', key, terms_field, terms)
end
local starts_at, ends_at, rate, burst, click_points, bonus_factor, step_ms = struct.unpack(terms_format, terms)
local ack_text = game[6] or '0'
local ack = tonumber(ack_text)
if game[2] == 'over' or now >= ends_at then
  return { 'match_over', ack, 0, 0 }
end
if now < starts_at then
  return { 'not_started', ack, 0, 0 }
end

-- How many more a hand can have made since the start.
local counted_before = tonumber(game[7] or 0)
local allowed = math.floor(rate * (now - starts_at) / 1000) + burst - counted_before

-- Which of them are new. All numbers up to `ack` are dealt with, but for the holes: ranges that a client skipped
-- and may still send. Clients that number in order have none. Clicks without numbers are new, and have no part in it.
local max_holes = 64
local fresh, are_next = last, first == ack + 1
if are_next then
  -- As nearly always: no hole is that high.
  fresh, ack, ack_text = last - ack, last, ARGV[4]
elseif first > 0 then
  -- Nobody can have made so many clicks that are missing before these: a client that makes numbers up. Its ack stays as
  -- it is, so that clicks with honest numbers still count.
  if first - 1 - ack > math.max(allowed, 0) then
    return { 'seq_jump', ack, 0, 0 }
  end
  fresh = math.max(0, last - math.max(first - 1, ack))
  local holes_before, left = call('HGET', key, role .. 'Holes') or '', {}
  local function leave(from, to)
    left[#left + 1] = string.format('%d-%d', from, to)
  end
  for from, to in string.gmatch(holes_before, '(%d+)-(%d+)') do
    from, to = tonumber(from), tonumber(to)
    local low, high = math.max(from, first), math.min(to, last)
    if low > high then
      leave(from, to)
    else
      fresh = fresh + high - low + 1
      if from < low then leave(from, low - 1) end
      if high < to then leave(high + 1, to) end
    end
  end
  if first > ack + 1 then leave(ack + 1, first - 1) end
  -- Refused rather than forgotten: the client may send them again when it has sent what is missing.
  if #left > max_holes then
    return { 'too_many_gaps', ack, 0, 0 }
  end
  local holes = table.concat(left, ',')
  if holes ~= holes_before then call('HSET', key, role .. 'Holes', holes) end
  ack = math.max(ack, last)
  ack_text = string.format('%d', ack)
end
if fresh == 0 then
  return { 'ok', ack, 0, 0 }
end

-- The rest is too fast, and dealt with all the same: sent again later, it would profit from the time passed.
local counted = math.max(0, math.min(fresh, allowed))
local dropped = fresh - counted
local counted_so_far = counted_before + counted
local reply = are_next and dropped or { 'ok', ack, counted, dropped }
if counted == 0 then
  call('HSET', key, ack_field, ack_text, counted_field, counted_so_far)
  return reply
end

-- What they are worth. Only as many are doubled as could be made within the bonus' window.
local points = counted * click_points
local bonus_until = tonumber(game[8] or 0)
if now < bonus_until then
  local bonus = call('HMGET', key, role .. 'BonusFrom', role .. 'Doubled')
  local doubled_before = tonumber(bonus[2] or 0)
  local cap = math.floor(rate * (bonus_until - bonus[1]) / 1000) - doubled_before
  local doubled = math.max(0, math.min(counted, cap))
  points = points + doubled * click_points * (bonus_factor - 1)
  call('HSET', key, role .. 'Doubled', doubled_before + doubled)
end
local seq, p1_score, p2_score = game[3] + 1, game[4], game[5]
local is_p1 = role == 'p1'
local score = (is_p1 and p1_score or p2_score) + points
local score_text, seq_text = string.format('%d', score), string.format('%d', seq)
if is_p1 then p1_score = score_text else p2_score = score_text end
call('HSET', key, ack_field, ack_text, counted_field, counted_so_far, 'seq', seq_text, role .. 'Score', score_text)

-- As the prelude's `keep_step`.
if step_ms > 0 then
  local side = 2 * math.floor((now - starts_at) / step_ms) + (is_p1 and 0 or 1)
  call('SETRANGE', KEYS[2], side * 5, struct.pack('>I3I2', score, counted_so_far))
end

-- As the prelude's `publish`.
local count_text = counted == 1 and '1' or string.format('%d', counted)
local at = seq % 8 == 1 and ',"at":' .. time[1] .. string.format('%06d', time[2]) or ''
call('SPUBLISH', key .. ':events', '{"type":"click","seq":' .. seq_text .. ',"role":"' .. role .. '","count":' .. count_text
  .. ',"ack":' .. ack_text .. ',"p1Score":' .. p1_score .. ',"p2Score":' .. p2_score .. at .. '}')
return reply
