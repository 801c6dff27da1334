export { NotFound } from './not-found';
export { Shell } from './shell';
export { Unreachable } from './unreachable';
