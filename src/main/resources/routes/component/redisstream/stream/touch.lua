-- Sets how long entries have been idle, where this consumer still holds them: 0 says "I am working on it",
-- a long time says "take it".
-- KEYS stream; ARGV group, consumer, idle milliseconds, id...
-- Returns the ids this consumer no longer holds.
local lost = {}
for i = 4, #ARGV do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)
  if #pending == 1 and pending[1][2] == ARGV[2] then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'IDLE', ARGV[3], 'JUSTID')
  else
    lost[#lost + 1] = ARGV[i]
  end
end
return lost
