-- Begins a match, unless it has begun already: a pair whose matchmaker died is created again by the next one.
-- KEYS[1] match, KEYS[2] its steps, KEYS[3] its golden cookies
-- ARGV    countdownMs, matchMs, ms from the start to the first golden cookie, length of a step (ms), then the hash's
--         other fields
-- returns when the match next needs its clock (ms), or 0 when it is over already
local key = KEYS[1]
local known = redis.call('HMGET', key, 'phase', 'endsAt', 'goldenDue')
if known[1] == 'over' then
  return 0
end
if known[1] then
  return math.min(tonumber(known[2]), tonumber(known[3]))
end
local now = clock()
local starts_at = now + ARGV[1]
local ends_at = starts_at + ARGV[2]
local golden_due = starts_at + ARGV[3]
-- What each click looks for comes first: a small hash is looked through from the start.
redis.call('HSET', key, 'phase', 'on', 'seq', '0', 'p1Score', '0', 'p2Score', '0', 'p1Ack', '0', 'p2Ack', '0',
  'p1Counted', '0', 'p2Counted', '0', 'startsAt', int(starts_at), 'endsAt', int(ends_at), 'stepMs', ARGV[4],
  'goldenDue', int(golden_due), 'goldenId', '0', 'goldenOpen', '0', unpack(ARGV, 5))
-- Its end writes it for the last time, so that this is ten minutes after the last write without saying so
-- again at every click.
local gone_at = int(ends_at + kept_after_end_ms)
redis.call('PEXPIREAT', key, gone_at)
-- Whole from the start: it is not copied when it grows, and there for whoever has declared it while its slot moves.
redis.call('SET', KEYS[2], string.rep('\0', math.ceil(ARGV[2] / ARGV[4]) * 2 * side_bytes), 'PXAT', gone_at)
redis.call('SET', KEYS[3], '', 'PXAT', gone_at)
return math.min(ends_at, golden_due)
