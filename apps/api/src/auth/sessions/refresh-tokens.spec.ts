import { Config, newId } from '../../platform/index.js';
import { KeyedHash } from '../keyed-hash.js';
import { RefreshTokens } from './refresh-tokens.js';

const [OLD, NEW] = ['o'.repeat(32), 'n'.repeat(32)];

function tokensWith(...encryptionKeys: string[]): RefreshTokens {
  return new RefreshTokens(new KeyedHash(Object.assign(new Config(), { encryptionKeys })));
}

test('a token is recognised by the server that made it, and names its session', () => {
  const id = newId();
  const token = tokensWith(OLD).first(id);
  expect(tokensWith(OLD).read(token.text)).toEqual(token);
  expect(token.sessionId).toBe(id);
  expect(tokensWith(NEW).read(token.text)).toBeUndefined();
});

test('what was altered, cut or added to is not recognised', () => {
  const tokens = tokensWith(OLD);
  const { text } = tokens.first(newId());
  for (let index = 0; index < text.length; index += 7) {
    const altered = text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
    expect(tokens.read(altered)).toBeUndefined();
  }
  for (const wrong of ['', text.slice(1), `${text}A`, `${text}=`]) expect(tokens.read(wrong)).toBeUndefined();
});

test('a token has the same successor each time, which differs from it and from that of any other', () => {
  const tokens = tokensWith(OLD);
  const token = tokens.first(newId());
  const [successor] = tokens.successors(token);
  expect(tokens.successors(token)).toEqual([successor]);
  expect(successor.sessionId).toBe(token.sessionId);
  expect(successor.text).not.toBe(token.text);
  expect(tokens.successors(tokens.first(token.sessionId))[0].text).not.toBe(successor.text);
});

test('after a rotation of the keys old tokens are good, and their repetition finds the successor by the old key', () => {
  const token = tokensWith(OLD).first(newId());
  const [byOld] = tokensWith(OLD).successors(token);
  const rotated = tokensWith(NEW, OLD);
  expect(rotated.read(token.text)?.sessionId).toBe(token.sessionId);
  expect(rotated.successors(token)).toHaveLength(2);
  // What the database holds is found, and the token that the client gets for it is good.
  const repeated = rotated.successors(token).find(({ hash }) => hash.equals(byOld.hash));
  expect(rotated.read(repeated?.text ?? '')).toEqual(repeated);
});
