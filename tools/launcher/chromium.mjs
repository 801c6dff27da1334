// The browser that the browser tests drive: the system's own, since the tests download nothing but packages.
import { existsSync } from 'node:fs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const CHROMIUM = '/usr/bin/chromium';
/** With fonts for what people write: the tests look at several scripts and at emoji. */
const PACKAGES = ['chromium', 'fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];

/** Installs Chromium where that is possible. @returns {Promise<void>} @throws {Error} with what to do, where it is not */
export async function ensureChromium() {
  if (existsSync(CHROMIUM)) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `The browser tests need ${CHROMIUM}. Install it (on Debian: sudo apt-get install chromium) and try again.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('installing Chromium for the browser tests', async () => {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], { env });
  });
}
