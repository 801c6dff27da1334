import { nodeProject } from '../../tools/jest-base.mjs';

export default {
  ...nodeProject('api-e2e', 'apps/api-e2e/tsconfig.json'),
  globalSetup: '<rootDir>/support/global-setup.mjs',
  globalTeardown: '<rootDir>/support/global-teardown.mjs',
  // The servers and their databases share the machine with the tests.
  maxWorkers: 2,
  testTimeout: 60_000,
};
