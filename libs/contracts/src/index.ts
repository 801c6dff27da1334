export type * from './events.js';
export type { components, operations, paths } from './generated/api.js';
export { LIMITS } from './limits.js';
export { PROBLEMS, TRANSIENT_PROBLEM_CODES, type Problem, type ProblemCode } from './problems.js';
