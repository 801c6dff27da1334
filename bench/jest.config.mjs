import { nodeProject } from '../tools/jest-base.mjs';

export default nodeProject('bench', 'bench/tsconfig.json');
