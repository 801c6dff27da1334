// `npm test`: everything that must hold, stage by stage; `npm test -- unit api` runs the stages it names.
import { installWhenStale } from './launcher/install.mjs';
import { continueUnderOwnNode } from './launcher/node.mjs';
import { step } from './launcher/progress.mjs';
import { fail } from './launcher/run.mjs';

try {
  await installWhenStale();
  await continueUnderOwnNode();
  process.exitCode = await test(process.argv.slice(2));
} catch (error) {
  fail(error);
}

/** @param {readonly string[]} names none means all @returns {Promise<number>} the exit code */
async function test(names) {
  const { STAGES } = await import('./launcher/stages.mjs');
  const unknown = names.filter((name) => !(name in STAGES));
  if (unknown.length > 0)
    throw new Error(`There is no stage ${unknown.join(', ')}; there are ${Object.keys(STAGES).join(', ')}.`);

  const total = { passed: 0, failed: 0 };
  for (const [name, stage] of Object.entries(STAGES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n━━ ${stage.title} ${'━'.repeat(Math.max(0, 76 - stage.title.length))}`);
    const { passed, failed } = await step(stage.title, stage.run).catch((error) => {
      console.error(`\n${error.message}`);
      return { passed: 0, failed: 1 };
    });
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) break; // what comes later stands on this
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}
