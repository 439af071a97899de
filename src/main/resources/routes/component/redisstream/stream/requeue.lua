-- Moves dead entries back to their stream, without the fields that were added when they died, each for the group alone
-- that gave it up. Where that group no longer exists, or is unknown, the entry is for all groups.
-- KEYS stream, dead stream; ARGV number of added fields, name of the first of them, name of the one with the group,
--   name of the field that says which group an entry is for, id...
-- Returns how many were moved; ids that do not exist are not counted.
local groups = {}
if redis.call('EXISTS', KEYS[1]) == 1 then
  for _, row in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    groups[row[2]] = true
  end
end

local added = tonumber(ARGV[1]) * 2
local moved = 0
for i = 5, #ARGV do
  local entry = redis.call('XRANGE', KEYS[2], ARGV[i], ARGV[i])[1]
  if entry then
    local fields = entry[2]
    local original = #fields - added
    local group = nil
    if original < 2 or fields[original + 1] ~= ARGV[2] then
      original = #fields
    end
    for name = original + 1, #fields, 2 do
      if fields[name] == ARGV[3] then
        group = fields[name + 1]
      end
    end
    if original > 2 and fields[original - 1] == ARGV[4] then
      original = original - 2
    end
    local requeued = {unpack(fields, 1, original)}
    if group and groups[group] then
      requeued[#requeued + 1] = ARGV[4]
      requeued[#requeued + 1] = group
    end
    redis.call('XADD', KEYS[1], '*', unpack(requeued))
    redis.call('XDEL', KEYS[2], ARGV[i])
    moved = moved + 1
  end
end
return moved
