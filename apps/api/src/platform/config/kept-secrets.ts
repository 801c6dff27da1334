import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.js';

interface KeptSecrets {
  jwtSecret: string;
  encryptionKey: string;
}

/**
 * The secrets of a server that was given none: made at its first start, and kept in its data folder.
 * @throws ConfigError when the folder cannot be written, or holds something else under their name
 */
export function keptSecrets(dataDir: string): KeptSecrets {
  const file = join(dataDir, 'secrets.json');
  const kept = parse(readOrMake(dataDir, file));
  if (kept !== undefined) return kept;
  throw refusal(
    dataDir,
    `holds a damaged ${file}: restore it from a backup. Without it everybody has to log in again, and what it encrypts is lost`,
  );
}

function readOrMake(dataDir: string, file: string): string {
  try {
    mkdirSync(dataDir, { recursive: true });
    if (!existsSync(file)) make(file);
    chmodSync(file, 0o600);
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refusal(dataDir, `must be a folder that can be written: ${reason}`);
  }
}

/** All or nothing: a server that is killed meanwhile leaves no half of a file that its next start would stumble over. */
function make(file: string): void {
  const secrets: KeptSecrets = {
    jwtSecret: randomBytes(48).toString('base64url'),
    encryptionKey: randomBytes(48).toString('base64url'),
  };
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(unfinished, file);
}

function parse(text: string): KeptSecrets | undefined {
  try {
    const { jwtSecret, encryptionKey } = JSON.parse(text) as Partial<Record<string, unknown>>;
    return typeof jwtSecret === 'string' && typeof encryptionKey === 'string'
      ? { jwtSecret, encryptionKey }
      : undefined;
  } catch {
    return undefined;
  }
}

function refusal(dataDir: string, message: string): ConfigError {
  return new ConfigError([{ name: 'DATA_DIR', message: `(${dataDir}) ${message}` }]);
}
