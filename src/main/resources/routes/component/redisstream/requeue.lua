-- Moves dead entries back to their stream, without the fields that were added when they died.
-- KEYS stream, dead stream; ARGV number of added fields, name of the first of them, id...
-- Returns how many were moved; ids that do not exist count for nothing.
local added = tonumber(ARGV[1]) * 2
local moved = 0
for i = 3, #ARGV do
  local entry = redis.call('XRANGE', KEYS[2], ARGV[i], ARGV[i])[1]
  if entry then
    local fields = entry[2]
    local original = #fields - added
    if original < 2 or fields[original + 1] ~= ARGV[2] then
      original = #fields
    end
    redis.call('XADD', KEYS[1], '*', unpack(fields, 1, original))
    redis.call('XDEL', KEYS[2], ARGV[i])
    moved = moved + 1
  end
end
return moved
