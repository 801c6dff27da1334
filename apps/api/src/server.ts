import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from 'pino';
import { createApiDocument } from './api-document.js';
import { AppModule } from './app.module.js';
import { type DemoLogins, fillWithDemo } from './demo/index.js';
import { entities, migrations } from './migrations/index.js';
import { type Config, configureHttp, migrate, NestLog, serveWebApp, startEmbeddedPostgres } from './platform/index.js';
import { Drain, SocketServerAdapter } from './realtime/index.js';

const WEB_APP = fileURLToPath(new URL('../../web/dist/browser', import.meta.url));

export interface StartOptions {
  /** Fills the database, which must be empty, with a company to look at. */
  demo?: boolean;
}

export interface RunningServer {
  /** The database in use, the embedded one included. */
  databaseUrl: string;
  /** Only when it was started with `demo`. */
  demo?: DemoLogins;
  /** Lets clients move on, finishes what is under way, and ends everything that was started. */
  stop(): Promise<void>;
}

/** Starts one server: database, migrations, API, socket and web app. What was started is ended again when a later part fails. */
export async function startServer(config: Config, log: Logger, options: StartOptions = {}): Promise<RunningServer> {
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({
          dataDir: config.dataDir,
          log: (message: string) => log.info(message),
          error: (message: string) => log.error(message),
        })
      : undefined;
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
  try {
    const applied = await migrate({ url: databaseUrl, migrations, mode: config.migrate });
    if (applied > 0) log.info(`${applied} database migrations applied`);
    const demo = options.demo ? await fillWithDemo({ config, url: databaseUrl, entities }) : undefined;
    const app = await createApp(config, databaseUrl, log);
    await app.listen(config.port, config.host);
    return {
      databaseUrl,
      ...(demo === undefined ? {} : { demo }),
      stop: async () => {
        await app.get(Drain, { strict: false }).run();
        await app.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function createApp(config: Config, databaseUrl: string, log: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, databaseUrl), {
    logger: new NestLog(log),
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
  });
  configureHttp(app, config, log);
  serveWebApp(app, WEB_APP);
  app.useWebSocketAdapter(new SocketServerAdapter(app, config));
  SwaggerModule.setup('api/docs', app, await createApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Chatr API',
    swaggerOptions: { persistAuthorization: true },
  });
  return app;
}
