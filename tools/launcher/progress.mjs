// What a person sees while something takes a while: a line when a step begins, signs of life, a line when it is done.

const HEARTBEAT_MS = 10_000;

/** @param {number} sinceMs a value of Date.now() */
export function elapsed(sinceMs) {
  const seconds = (Date.now() - sinceMs) / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * Runs `work` under a title. What the work prints itself appears below the title.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what the work returned; its failure passes through
 */
export async function step(title, work) {
  const startedAt = Date.now();
  console.log(`▸ ${title}`);
  const heartbeat = setInterval(() => console.log(`  … ${title} (${elapsed(startedAt)})`), HEARTBEAT_MS);
  try {
    const result = await work();
    console.log(`✓ ${title} (${elapsed(startedAt)})`);
    return result;
  } catch (error) {
    console.log(`✗ ${title} (${elapsed(startedAt)})`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
