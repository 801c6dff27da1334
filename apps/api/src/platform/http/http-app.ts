import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import cookieParser from 'cookie-parser';
import type { Request, Response } from 'express';
import helmet from 'helmet';
import { type HttpLogger, pinoHttp } from 'pino-http';
import type { Logger } from 'pino';
import { LIMITS } from '@chatr/contracts';
import type { Config } from '../config/config.js';
import { ProblemFilter } from '../errors/problem.filter.js';
import { toProblemError } from '../errors/to-problem-error.js';
import { StrictValidationPipe } from '../errors/validation.js';
import { newId } from '../ids/ids.js';

/** Sets up everything that HTTP requests pass before they reach a controller. */
export function configureHttp(app: NestExpressApplication, config: Config, log: Logger): void {
  app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  app.setGlobalPrefix('api');
  app.use(requestLog(log));
  app.use(securityHeaders(config));
  app.use(compression());
  app.use(cookieParser());
  app.useBodyParser('json', { limit: LIMITS.bodyBytes, strict: true });
  app.use(explainBodyErrors);
  app.enableCors({ origin: config.publicUrl, credentials: true, maxAge: 600 });
  app.useGlobalPipes(new StrictValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
}

function requestLog(log: Logger): HttpLogger {
  return pinoHttp({
    logger: log,
    genReqId: () => newId(),
    customLogLevel: (_request: IncomingMessage, response: ServerResponse) =>
      response.statusCode >= 500 ? 'error' : 'debug',
    // Only what helps to find a request: no bodies, no cookies, no tokens, no query (it may hold what somebody searched for).
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

/** The web app is served from here, so every answer carries its content security policy. */
function securityHeaders(config: Config): (request: Request, response: Response, next: () => void) => void {
  const secure = config.publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // The Swagger page and Angular's component styles write style elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        // Without TLS (a laptop), upgrading would break every request.
        upgradeInsecureRequests: secure ? [] : null,
      },
    },
    strictTransportSecurity: secure,
    crossOriginEmbedderPolicy: false,
  });
}

/** What the body parser refuses is explained here, while it still says why: the framework would make a bare 400 of it. */
function explainBodyErrors(
  error: unknown,
  _request: Request,
  _response: Response,
  next: (error: unknown) => void,
): void {
  next(toProblemError(error));
}
