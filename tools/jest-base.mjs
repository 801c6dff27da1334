// What the Node projects' jest configurations share: ESM, TypeScript without type checks (the check stage has those).
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Libraries from their sources: a test never runs against a build that is stale. */
export const moduleNameMapper = {
  '^@chatr/(contracts|client)$': `${root}libs/$1/src/index.ts`,
  // TypeScript's ESM names the file that a build will make; the tests run what is there before it.
  '^(\\.{1,2}/.*)\\.js$': '$1',
};

/**
 * @param {string} name the project's name, shown beside its tests
 * @param {string} tsconfig path below the root
 */
export function nodeProject(name, tsconfig) {
  return {
    displayName: name,
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper,
    transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, transpilation: true, tsconfig: `${root}${tsconfig}` }] },
    testMatch: ['<rootDir>/**/*.spec.ts'],
    modulePathIgnorePatterns: ['<rootDir>/dist/'],
    cacheDirectory: `${root}.cache/jest`,
    // Tests on a real database wait for it; a hanging one still ends.
    testTimeout: 30_000,
  };
}
