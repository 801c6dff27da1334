import { type LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { type Config } from '../config/config.js';

/**
 * The process' log: JSON lines in production, readable lines on a laptop. Credentials never reach it.
 * @param base what every line holds
 */
export function createLog(config: Pick<Config, 'logLevel' | 'logFormat'>, base: Record<string, number> = {}): Logger {
  const pretty = { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' } };
  return pino({
    level: config.logLevel,
    base,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
    ...(config.logFormat === 'pretty' ? { transport: pretty } : {}),
  });
}

/** What helps to find an error: not the parameters and rows of a failed statement, which are people's own. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { type: name, message, code, stack, ...(cause instanceof Error ? { cause: describeError(cause) } : {}) };
}

type Level = 'info' | 'error' | 'warn' | 'debug';

/** The framework's start-up chatter ("Mapped {…} route") is for debugging only. */
const CHATTER = new Set([
  'NestApplication',
  'InstanceLoader',
  'RouterExplorer',
  'RoutesResolver',
  'NestFactory',
  'WebSocketsController',
]);

/** Lets Nest's own messages and every `new Logger(Name)` of the modules go to the process' log. */
export class NestLog implements LoggerService {
  constructor(private readonly root: Logger) {}

  log(message: unknown, ...params: unknown[]): void {
    this.write('info', message, params);
  }

  error(message: unknown, ...params: unknown[]): void {
    this.write('error', message, params);
  }

  warn(message: unknown, ...params: unknown[]): void {
    this.write('warn', message, params);
  }

  debug(message: unknown, ...params: unknown[]): void {
    this.write('debug', message, params);
  }

  /** Nest passes the name of the logger last; an object as the message holds fields, and its text comes second. */
  private write(level: Level, message: unknown, params: unknown[]): void {
    const texts = params.filter((param) => typeof param === 'string');
    const context = texts.at(-1);
    const heard = level === 'info' && context !== undefined && CHATTER.has(context) ? 'debug' : level;
    if (typeof message === 'object' && message !== null) {
      this.root[heard]({ context, ...message }, texts.length > 1 ? texts[0] : undefined);
    } else {
      const stack = texts.length > 1 ? texts[0] : undefined;
      this.root[heard]({ context, ...(stack === undefined ? {} : { stack }) }, String(message));
    }
  }
}
