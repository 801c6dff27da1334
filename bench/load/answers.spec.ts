import { Answers } from './answers.js';

it('gives each answer once, by its number, in whatever order they are asked for', () => {
  const answers = new Answers<string>();
  expect(['a', 'b', 'c'].map((name) => answers.expect(name))).toEqual([0, 1, 2]);
  expect([1, 1, 0, 2].map((number) => answers.take(number))).toEqual(['b', undefined, 'a', 'c']);
  expect(answers.expect('d')).toBe(3);
  expect([answers.take(2), answers.take(7), answers.take(-1), answers.take(3)]).toEqual([
    undefined,
    undefined,
    undefined,
    'd',
  ]);
});

it('gives all that are still awaited, and counts on', () => {
  const answers = new Answers<string>();
  for (const name of ['a', 'b', 'c']) answers.expect(name);
  answers.take(1);
  expect(answers.takeAll()).toEqual(['a', 'c']);
  expect([answers.expect('d'), answers.take(0), answers.take(3)]).toEqual([3, undefined, 'd']);
});
