-- Removes entries from the old end of a stream, never beyond what a group has pending or has not read.
-- KEYS stream; ARGV age in milliseconds to keep ('' = no limit by age), most entries to keep ('' = no limit by number),
--   id that is always kept, with everything younger ('' = none), required group...
-- Returns how many were removed; call again until 0, since at most 1000 go by number in one step.

-- Ids are numbers of 64 bits, which Lua cannot hold: compare their digits.
local function number_below(a, b)
  if #a ~= #b then
    return #a < #b
  end
  return a < b
end

local function below(a, b)
  local a_time, a_sequence = a:match('^(%d+)-(%d+)$')
  local b_time, b_sequence = b:match('^(%d+)-(%d+)$')
  if a_time ~= b_time then
    return number_below(a_time, b_time)
  end
  return number_below(a_sequence, b_sequence)
end

local function complete(id)
  return id:find('-') and id or id .. '-0'
end

local function next_id(id)
  local time, sequence = id:match('^(%d+)-(%d+)$')
  if #sequence > 15 then
    return id -- too big to count on from: keep one entry more
  end
  return time .. '-' .. string.format('%.0f', tonumber(sequence) + 1)
end

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end

-- keep: the oldest id that any group still needs; nil while no group exists, and then nothing is removed,
-- for a group made later begins at the oldest entry
local keep = nil
local seen = {}
for _, row in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = {}
  for i = 1, #row, 2 do
    group[row[i]] = row[i + 1]
  end
  seen[group['name']] = true
  local needed = next_id(group['last-delivered-id'])
  if group['pending'] > 0 then
    local oldest = redis.call('XPENDING', KEYS[1], group['name'])[2]
    if below(oldest, needed) then
      needed = oldest
    end
  end
  if not keep or below(needed, keep) then
    keep = needed
  end
end
for i = 4, #ARGV do
  if not seen[ARGV[i]] then
    return 0
  end
end
if not keep then
  return 0
end
if ARGV[3] ~= '' and below(complete(ARGV[3]), keep) then
  keep = complete(ARGV[3])
end

local removed = 0
if ARGV[1] ~= '' then
  local now = redis.call('TIME')
  local oldest = math.max(now[1] * 1000 + math.floor(now[2] / 1000) - tonumber(ARGV[1]), 0)
  local bound = string.format('%.0f', oldest) .. '-0'
  removed = redis.call('XTRIM', KEYS[1], 'MINID', below(bound, keep) and bound or keep)
end
if ARGV[2] ~= '' then
  local excess = math.min(redis.call('XLEN', KEYS[1]) - tonumber(ARGV[2]), 1000)
  if excess > 0 then
    local oldest = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', excess)
    local bound = next_id(oldest[#oldest][1])
    removed = removed + redis.call('XTRIM', KEYS[1], 'MINID', below(bound, keep) and bound or keep)
  end
end
return removed
