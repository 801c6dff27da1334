// Starts programs and sees to it that none outlives the launcher.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program ended badly; what it printed says why. */
export class CommandFailed extends Error {
  /** @param {string} command @param {number} exitCode */
  constructor(command, exitCode) {
    super(`\`${command}\` failed with exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a program in the workspace's root; its output is shown as it comes.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>}
 * @throws {CommandFailed} when it ends with another exit code than 0
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    // Ctrl-C reaches the program by itself; a signal sent to the launcher alone would leave it running.
    const endChild = () => child.kill('SIGTERM');
    process.once('SIGTERM', endChild);
    const done = () => process.off('SIGTERM', endChild);
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      done();
      if (code === 0) resolve();
      else reject(new CommandFailed([command, ...args].join(' '), code ?? (signal === 'SIGINT' ? 130 : 143)));
    });
  });
}

/** A command-line tool of the workspace, run by this Node. @param {string} script below node_modules @param {readonly string[]} args */
export function runTool(script, args, options = {}) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options);
}

/** Ends the launcher with a sentence instead of a stack trace, where the cause is one a person can mend. @param {unknown} error */
export function fail(error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(error instanceof CommandFailed ? error.exitCode : 1);
}
