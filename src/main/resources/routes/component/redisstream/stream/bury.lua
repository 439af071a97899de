-- Moves a pending entry to the dead entries and acknowledges it.
-- KEYS stream, dead stream; ARGV group, id, then names and values to add
-- Returns 1 moved | 0 no longer pending | -1 no data left, acknowledged
if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then
  return 0
end
local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
if not entry then
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
  return -1
end
local fields = entry[2]
for i = 3, #ARGV do
  fields[#fields + 1] = ARGV[i]
end
redis.call('XADD', KEYS[2], '*', unpack(fields))
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return 1
