// Writes libs/contracts/src/generated/api.ts from the OpenAPI document of the built API; with --check, only says whether it is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import 'reflect-metadata';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'libs/contracts/src/generated/api.ts');

const { previewApiDocument } = await import(new URL('../apps/api/dist/api-document.js', import.meta.url).href);
const source = COMMENT_HEADER + astToString(await openapiTS(await previewApiDocument(), { alphabetize: true }));
const generated = await format(source, { ...(await resolveConfig(target)), filepath: target });

const present = existsSync(target) ? readFileSync(target, 'utf8') : '';
if (process.argv.includes('--check')) {
  if (present !== generated) {
    console.error('libs/contracts/src/generated/api.ts does not match the API. Run: npm run contracts');
    process.exit(1);
  }
} else if (present !== generated) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, generated);
  console.log('Written: libs/contracts/src/generated/api.ts');
}
process.exit(0);
