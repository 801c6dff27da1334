export { type DemoLogins, DemoRefusedError, fillWithDemo } from './fill-demo.js';
