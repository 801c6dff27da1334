import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';

const NOT_THE_APP = /^\/(api|socket\.io)(\/|$)/;
/** The build puts a hash of their content into these names: what such an address holds never changes. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;
const YEAR_IN_SECONDS = 31_536_000;

/** Serves the built web app from this folder: its files, and its page for every address that is a place within it. */
export function serveWebApp(app: NestExpressApplication, folder: string): void {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return;
  app.use(
    express.static(folder, {
      index: false,
      setHeaders: (response, path) => {
        response.setHeader(
          'Cache-Control',
          HASHED.test(path) ? `public, max-age=${YEAR_IN_SECONDS}, immutable` : 'no-cache',
        );
      },
    }),
  );
  app.use((request: express.Request, response: express.Response, next: express.NextFunction) => {
    const isPlace = request.method === 'GET' && !NOT_THE_APP.test(request.path) && request.accepts('html') !== false;
    if (!isPlace) next();
    else response.setHeader('Cache-Control', 'no-cache').sendFile(page);
  });
}
