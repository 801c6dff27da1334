import { nodeProject } from '../../tools/jest-base.mjs';

export default nodeProject('client', 'libs/client/tsconfig.spec.json');
