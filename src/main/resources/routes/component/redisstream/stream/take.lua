-- Takes up again an entry that this consumer holds, and counts the delivery.
-- KEYS stream; ARGV group, consumer, id
-- Returns {'gone'} acknowledged or group flushed | {'lost'} held by another consumer
--       | {'deleted'} no data left, acknowledged | {'entry', deliveries, {field, value, ...}}
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)
if #pending == 0 then
  return {'gone'}
end
if pending[1][2] ~= ARGV[2] then
  return {'lost'}
end
local claimed = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3])
if not claimed[1] then
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[3])
  return {'deleted'}
end
return {'entry', pending[1][4] + 1, claimed[1][2]}
