-- What the scripts on a match share; it is put before each of them but `click.lua`, which says why.
-- A match is one hash; docs/decisions.md tells its fields. Times are ms since 1970 by this server's clock.

local kept_after_end_ms = 600000

local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Numbers go into the hash and into events in full: tostring would round from 1e14 on.
local function int(number)
  return string.format('%.0f', number)
end

local function other(role)
  return role == 'p1' and 'p2' or 'p1'
end

-- Whether a side has lost by staying away for longer than its grace, even if no ticker has said so yet. If both are
-- away nobody is there to win.
local function has_forfeited(away_until, other_away_until, now, ends_at)
  return away_until > 0 and other_away_until == 0 and away_until <= now and away_until < ends_at
end

-- What is kept of how a match goes; recording.ts reads it. A match that an older version began has no length of a step,
-- and nothing is kept of it.

-- A side's part of a step: its score in three bytes, its counted clicks in two.
local side_bytes = 5

-- Keeps how the side stands `at` ms after the start: all that it has, and not what came just now, so that what was not
-- kept, say by a gateway of an older version, is in what is kept next. Too large a number begins again at 0. `click.lua` keeps
-- it by itself.
local function keep_step(steps_key, step_ms, at, role, score, counted)
  if step_ms then
    local side = 2 * math.floor(at / step_ms) + (role == 'p1' and 0 or 1)
    redis.call('SETRANGE', steps_key, side * side_bytes, struct.pack('>I3I2', score, counted))
  end
end

-- Keeps that a golden cookie came or was claimed; `what` is JSON, an array.
local function keep_golden(goldens_key, step_ms, what)
  if step_ms then redis.call('APPEND', goldens_key, what .. ',') end
end

-- Of so many events one, and the first of all, says when it was published: of each it would make a click's script slower by
-- a fifteenth.
local events_a_time = 8

-- Tells the gateways that hold the match's players. `body` is the event's JSON after seq, without braces. `click.lua` tells its
-- own events, in the same form.
local function publish(key, event, seq, body)
  if seq % events_a_time == 1 then
    local time = redis.call('TIME')
    body = body .. ',"at":' .. time[1] .. string.format('%06d', time[2])
  end
  redis.call('SPUBLISH', key .. ':events', '{"type":"' .. event .. '","seq":' .. int(seq) .. body .. '}')
end

-- Ends the match, once: the caller has seen that it is still on.
-- reason is '' when the clock ended it; winner is a player id or 'draw'.
local function finish(key, now, seq, p1_score, p2_score, winner, reason)
  redis.call('HSET', key, 'phase', 'over', 'winner', winner, 'reason', reason, 'endedAt', int(now), 'seq', int(seq + 1))
  redis.call('PEXPIRE', key, kept_after_end_ms)
  publish(key, 'over', seq + 1, ',"winner":' .. cjson.encode(winner)
    .. ',"reason":"' .. reason .. '","p1Score":' .. p1_score .. ',"p2Score":' .. p2_score)
end
