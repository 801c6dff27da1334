// Builds the API: the Swagger plugin reads the DTOs and controllers into src/metadata.ts, then tsc compiles everything.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PluginMetadataGenerator } from '@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js';
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';

const root = fileURLToPath(new URL('..', import.meta.url));
const api = join(root, 'apps/api');
const source = join(api, 'src');
const metadata = join(source, 'metadata.ts');

process.chdir(api);
// main.ts imports the file, so the program that is read to make it needs one; that of an earlier build may name DTOs that are gone.
writeFileSync(metadata, 'export default async () => ({});\n');
new PluginMetadataGenerator().generate({
  visitors: [
    new ReadonlyVisitor({
      pathToSource: source,
      introspectComments: true,
      classValidatorShim: true,
      esmCompatible: true,
    }),
  ],
  outputDir: source,
  tsconfigPath: 'tsconfig.json',
  printDiagnostics: false,
});

rmSync(join(api, 'dist'), { recursive: true, force: true });
const tsc = join(root, 'node_modules/typescript/bin/tsc');
process.exit(spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json'], { stdio: 'inherit' }).status ?? 1);
