import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const document = readFileSync(join(root, 'docs/security.md'), 'utf8');

/** The requirements of levels 1 and 2 in chapters 6 to 9 of ASVS 5.0.0, as ranges of the last number of each section. */
const SECTIONS: Readonly<Record<string, number>> = {
  '6.1': 3,
  '6.2': 12,
  '6.3': 4,
  '6.4': 4,
  '6.5': 5,
  '6.6': 3,
  '6.8': 4,
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 2,
  '7.6': 2,
  '8.1': 2,
  '8.2': 3,
  '8.3': 1,
  '8.4': 1,
  '9.1': 3,
  '9.2': 4,
};

interface Requirement {
  number: string;
  level: string;
  holds: string;
  where: string;
  tests: { file: string; title: string }[];
}

const requirements = [...document.matchAll(/^\| (\d\.\d\.\d+) +\|(.*)\|$/gm)].map(
  ([, number = '', cells = '']): Requirement => {
    const [level = '', , holds = '', where = '', test = ''] = cells.split('|').map((cell) => cell.trim());
    const tests = [...test.matchAll(/`([^`]+)` › (.+?)(?=<br>|$)/g)].map(([, file = '', title = '']) => ({
      file,
      title,
    }));
    return { number, level, holds, where, tests };
  },
);

/** The sources of all tests by the names of their files; two of the same name are read as one. */
const specs = new Map<string, string>();
for (const path of globSync('{apps,libs}/**/*.spec.ts', {
  cwd: root,
  exclude: (name) => name === 'node_modules' || name === 'dist',
})) {
  specs.set(basename(path), (specs.get(basename(path)) ?? '') + readFileSync(join(root, path), 'utf8'));
}

/** Whether a test or a group of tests has this title, in whatever quotes. */
function hasTest(source: string, title: string): boolean {
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => source.includes(quoted));
}

describe('the document on security', () => {
  it('has each requirement once', () => {
    const expected = Object.entries(SECTIONS).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
    );
    expect(requirements.map(({ number }) => number)).toEqual(expected);
  });

  it.each(requirements.map((requirement) => [requirement.number, requirement] as const))(
    '%s says whether it holds, and where there is no test, why',
    (_, { level, holds, where, tests }) => {
      expect(level).toMatch(/^[12]$/);
      expect(holds).toMatch(/^(holds|partly: |not met|to verify|does not apply: )/);
      if (holds.startsWith('holds'))
        expect([where, tests.length > 0 || holds.includes(':') || where.includes('above') || where !== '']).not.toEqual(
          ['', false],
        );
    },
  );

  it.each(requirements.flatMap(({ number, tests }) => tests.map((test) => [number, test.file, test.title] as const)))(
    '%s names a test that there is: %s › %s',
    (_, file, title) => {
      expect(specs.has(file)).toBe(true);
      expect([title, hasTest(specs.get(file) ?? '', title)]).toEqual([title, true]);
    },
  );

  it.each([
    ...new Set(
      requirements.flatMap(({ where }) => [...where.matchAll(/`([\w/.-]+\.ts)`/g)].map(([, path]) => path ?? '')),
    ),
  ])('names a file that there is: %s', (path) => {
    expect(existsSync(join(root, path.startsWith('apps/') ? path : `apps/api/src/${path}`))).toBe(true);
  });
});
