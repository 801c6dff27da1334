import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../../..');
const source = readdirSync(import.meta.dirname)
  .filter((file) => /^(config|.*-settings)\.ts$/.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');
const document = readFileSync(join(root, 'docs/configuration.md'), 'utf8');

/** Everything in the source that is written like a variable of the environment: in quotes, or as a key. */
const read = new Set(
  [...source.matchAll(/'([A-Z][A-Z0-9_]{3,})'|^ {2}([A-Z][A-Z0-9_]{3,}): '/gm)].map(([, a, b]) => a ?? b),
);
/** The first column of the document's tables. */
const described = [...document.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, name]) => name);

describe('the document of the configuration', () => {
  it('is compared with the real source', () => {
    expect(read).toContain('DATABASE_URL');
    expect(read).toContain('REDIS_URL');
  });

  it.each([...read])('tells of %s', (name) => {
    expect(document).toContain(`\`${name}`);
  });

  it.each(described)('tells of %s because it is read', (name) => {
    expect(read).toContain(name);
  });
});
