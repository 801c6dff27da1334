import { nodeProject } from '../tools/jest-base.mjs';

export default nodeProject('faults', 'faults/tsconfig.json');
