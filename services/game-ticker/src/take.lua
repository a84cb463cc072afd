-- Notes when matches that were taken need their clock next, and takes over those that are due within the look-ahead, by
-- moving each a lease ahead: if the taker dies, it comes due again for another.
-- KEYS    sets of due times: all that are in one slot, or on a server without slots
-- ARGV    look-ahead in ms, lease in ms, how many to take of each set at most, then for each match to be noted: in which
--         of the sets it is (1 is the first), room, the lease (ms) or '' for any, when next (ms) or '' for never
-- returns for each taken: room, due time, when the lease runs out
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
-- Due times are whole ms, and a lease never is: by its fraction, which is of this taking, a ticker knows its lease
-- again. So it cannot take a due time, or the lease of whoever took the match after it, for its own.
local fraction = (time[2] % 1000 + 0.5) / 1000
local reply = {}

-- A lease that does not stand any more is let be. Since it was given somebody may have asked for the clock, for instance
-- because a player has quit, or another ticker may have taken the match, because this one was slow. Either knows more of
-- it than whoever looked before.
local function note(due_times, noted)
  local scores = redis.call('ZMSCORE', due_times, unpack(noted.rooms))
  local again, never = {}, {}
  for i, room in ipairs(noted.rooms) do
    local lease, next_due = noted.leases[i], noted.next_dues[i]
    if scores[i] and (lease == '' or tonumber(scores[i]) == tonumber(lease)) then
      if next_due == '' then
        never[#never + 1] = room
      else
        again[#again + 1] = next_due
        again[#again + 1] = room
      end
    end
  end
  if #never > 0 then redis.call('ZREM', due_times, unpack(never)) end
  if #again > 0 then redis.call('ZADD', due_times, unpack(again)) end
end

local function take(due_times)
  local taken = redis.call('ZRANGE', due_times, '-inf', string.format('%.3f', now + ARGV[1]), 'BYSCORE', 'LIMIT', 0, ARGV[3], 'WITHSCORES')
  if #taken == 0 then
    return
  end
  local leases = {}
  for i = 1, #taken, 2 do
    local lease = string.format('%.4f', math.floor(math.max(now, tonumber(taken[i + 1]))) + ARGV[2] + fraction)
    leases[#leases + 1] = lease
    leases[#leases + 1] = taken[i]
    reply[#reply + 1] = taken[i]
    reply[#reply + 1] = taken[i + 1]
    reply[#reply + 1] = lease
  end
  redis.call('ZADD', due_times, 'XX', unpack(leases))
end

local noted_in = {}
for i = 4, #ARGV, 4 do
  local set = tonumber(ARGV[i])
  local noted = noted_in[set] or { rooms = {}, leases = {}, next_dues = {} }
  noted_in[set] = noted
  noted.rooms[#noted.rooms + 1] = ARGV[i + 1]
  noted.leases[#noted.leases + 1] = ARGV[i + 2]
  noted.next_dues[#noted.next_dues + 1] = ARGV[i + 3]
end
for i, due_times in ipairs(KEYS) do
  if noted_in[i] then note(due_times, noted_in[i]) end
  take(due_times)
end
return reply
