import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from 'pino';
import { createApiDocument } from './api-document.js';
import { AppModule } from './app.module.js';
import { type DemoLogins, fillWithDemo } from './demo/index.js';
import { entities, migrations } from './migrations/index.js';
import {
  type Config,
  configureHttp,
  migrate,
  NestLog,
  REDIS,
  type RedisConnections,
  serveWebApp,
  startEmbeddedPostgres,
} from './platform/index.js';
import { Drain, SocketServerAdapter } from './realtime/index.js';
import { StickyConnections, type WorkerPlace } from './workers/index.js';

const WEB_APP = fileURLToPath(new URL('../../web/dist/browser', import.meta.url));

export interface PrepareOptions {
  /** Fills the database, which must be empty, with a company to look at. */
  demo?: boolean;
}

/** A database that is there and up to date. */
export interface PreparedDatabase {
  url: string;
  /** Only when it was filled with `demo`. */
  demo?: DemoLogins;
  /** Ends it, where it is the embedded one. */
  stop(): Promise<void>;
}

export interface RunningServer {
  /** Lets clients move on, finishes what is under way, and ends everything that was started. */
  stop(): Promise<void>;
}

/** What is done once, however many processes serve: the embedded database, migrations, the demo's company. */
export async function prepareDatabase(
  config: Config,
  log: Logger,
  options: PrepareOptions = {},
): Promise<PreparedDatabase> {
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({
          dataDir: config.dataDir,
          log: (message: string) => log.info(message),
          error: (message: string) => log.error(message),
        })
      : undefined;
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const stop = async (): Promise<void> => embedded?.stop();
  try {
    const applied = await migrate({ url, migrations, mode: config.migrate });
    if (applied > 0) log.info(`${applied} database migrations applied`);
    if (options.demo !== true) return { url, stop };
    return { url, demo: await fillWithDemo({ config, url, entities }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts API, socket and web app on a database that is prepared. @param place where this process is one of several of a machine */
export async function serve(
  config: Config,
  databaseUrl: string,
  log: Logger,
  place?: WorkerPlace,
): Promise<RunningServer> {
  const sticky = place === undefined ? undefined : new StickyConnections(place);
  const app = await createApp(config, databaseUrl, log, sticky);
  await app.init();
  // All listeners are there, and no request has come yet.
  await sticky?.attach(app.getHttpServer());
  await app.listen(config.port, config.host);
  return {
    stop: async () => {
      await app.get(Drain, { strict: false }).run();
      await app.close();
    },
  };
}

async function createApp(
  config: Config,
  databaseUrl: string,
  log: Logger,
  sticky: StickyConnections | undefined,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, databaseUrl), {
    logger: new NestLog(log),
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
  });
  configureHttp(app, config, log);
  serveWebApp(app, WEB_APP);
  const redis = app.get<RedisConnections | undefined>(REDIS, { strict: false });
  const newConnectionId = sticky === undefined ? {} : { newConnectionId: () => sticky.newId() };
  app.useWebSocketAdapter(new SocketServerAdapter(app, { config, redis, ...newConnectionId }));
  SwaggerModule.setup('api/docs', app, await createApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Chatr API',
    swaggerOptions: { persistAuthorization: true },
  });
  return app;
}
