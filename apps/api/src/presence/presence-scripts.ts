import { RedisScript } from '../platform/index.js';

/** A person's key lives this long without being touched; its nodes touch it more often. What a mishap left behind ends so. */
export const KEPT_SECONDS = 2 * 3600;

/**
 * A person is a hash: a field for each node that has devices of theirs, with what these come to, and `told`, what they come to
 * over all nodes as it was told last.
 * KEYS: person. ARGV: node, status there, 1 to tell what changed, an earlier name of the node or ''.
 * Returns what was told last, and 1 where that is news.
 */
export const PUT = new RedisScript(`
local person, told = KEYS[1], redis.call('HGET', KEYS[1], 'told') or 'offline'
if ARGV[4] ~= '' then redis.call('HDEL', person, 'at:' .. ARGV[4]) end
if ARGV[2] == 'offline' then redis.call('HDEL', person, 'at:' .. ARGV[1])
else redis.call('HSET', person, 'at:' .. ARGV[1], ARGV[2]) end
redis.call('EXPIRE', person, ${KEPT_SECONDS})
if ARGV[3] ~= '1' then return { told, 0 } end
local status, fields = 'offline', redis.call('HGETALL', person)
for i = 1, #fields, 2 do
  if fields[i] ~= 'told' and (fields[i + 1] == 'online' or status == 'offline') then status = fields[i + 1] end
end
if status == told then return { told, 0 } end
if status == 'offline' then redis.call('HDEL', person, 'told') else redis.call('HSET', person, 'told', status) end
return { status, 1 }
`);

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/**
 * The nodes are a sorted set, by the time of their last beat; those that are gone, and whose people are being seen to, have a dash
 * before their name.
 * KEYS: nodes. ARGV: node, milliseconds after which a silent node is gone, 1 where it may judge others, 1 where it is new.
 * Returns 'lost' where the node was given up, or Redis forgot it; else 'ok', and perhaps a node whose people this one is to see to,
 * and the milliseconds since it was last heard of.
 */
export const BEAT = new RedisScript(`${NOW}
if ARGV[4] ~= '1' and not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return { 'lost' } end
redis.call('ZADD', KEYS[1], now, ARGV[1])
local silent = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2], 'WITHSCORES')
for i = 1, #silent, 2 do
  local node, gone = silent[i], string.sub(silent[i], 1, 1) == '-'
  if gone or ARGV[3] == '1' then
    local name = gone and string.sub(node, 2) or node
    redis.call('ZREM', KEYS[1], node)
    redis.call('ZADD', KEYS[1], now, '-' .. name)
    return { 'ok', name, gone and 0 or math.floor(now - silent[i + 1]) }
  end
end
return { 'ok' }
`);

/**
 * A node goes; after the time of grace another one sees to the people who have not come back elsewhere.
 * KEYS: nodes. ARGV: node, milliseconds after which a silent node is gone, milliseconds of grace.
 */
export const LEAVE = new RedisScript(`${NOW}
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now - ARGV[2] + ARGV[3], '-' .. ARGV[1])
`);
