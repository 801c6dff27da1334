export { RedisServer } from '../../api/src/platform/redis/testing/redis-server.js';
