import { nodeProject } from '../../tools/jest-base.mjs';

export default { ...nodeProject('api', 'apps/api/tsconfig.spec.json'), setupFiles: ['reflect-metadata'] };
