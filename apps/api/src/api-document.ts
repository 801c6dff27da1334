import { readFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import metadata from './metadata.js';
import { createOpenApiDocument, loadConfig } from './platform/index.js';
import { eventModels } from './realtime/index.js';

/** The OpenAPI document of the API. */
export function createApiDocument(app: INestApplication): Promise<OpenAPIObject> {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return createOpenApiDocument(app, { version: manifest.version, extraModels: eventModels, metadata });
}

/**
 * The same document without a server: nothing is connected to, so it can be made where there is no database.
 */
export async function previewApiDocument(): Promise<OpenAPIObject> {
  const config = loadConfig({ JWT_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'x'.repeat(32) });
  const app = await NestFactory.create(AppModule.with(config, ''), {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  app.setGlobalPrefix('api');
  return createApiDocument(app);
}
