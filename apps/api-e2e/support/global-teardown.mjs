import { server } from './global-setup.mjs';

export default async function globalTeardown() {
  await server?.destroy();
}
