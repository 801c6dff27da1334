import { Config } from '../../platform/index.js';
import { SecretBox } from './secret-box.js';

const OLD = 'an old secret of more than thirty-two characters';
const NEW = 'a new secret of more than thirty-two characters';
const SECRET = Buffer.from('what nobody may read');

const boxes = (...encryptionKeys: string[]): SecretBox =>
  new SecretBox(Object.assign(new Config(), { encryptionKeys }));

it('opens what it sealed, for its owner only', () => {
  const box = boxes(OLD).seal(SECRET, 'ann');
  expect(box.includes(SECRET)).toBe(false);
  expect(boxes(OLD).open(box, 'ann')).toEqual(SECRET);
  expect(() => boxes(OLD).open(box, 'bob')).toThrow();
});

it('seals the same secret differently each time', () => {
  const box = boxes(OLD);
  expect(box.seal(SECRET, 'ann')).not.toEqual(box.seal(SECRET, 'ann'));
});

it('notices every changed byte', () => {
  const sealed = boxes(OLD).seal(SECRET, 'ann');
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed);
    changed[index]! ^= 1;
    expect(() => boxes(OLD).open(changed, 'ann')).toThrow();
  }
});

it('opens with every configured key and seals with the first', () => {
  const old = boxes(OLD).seal(SECRET, 'ann');
  const both = boxes(NEW, OLD);
  expect(both.open(old, 'ann')).toEqual(SECRET);
  expect(boxes(NEW).open(both.seal(SECRET, 'ann'), 'ann')).toEqual(SECRET);
  expect(() => boxes(NEW).open(old, 'ann')).toThrow(/no longer holds/);
  expect(both.presentKeyId).not.toEqual(boxes(OLD).presentKeyId);
});
