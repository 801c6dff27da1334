import type { SeededRandom } from './random.js';
import { CUSTOMERS, PRODUCTS } from './script/words.js';

const CHOICE = /\{([^{}]*\|[^{}]*)\}/gu;
const SLOT = /\{(\w+)\}/gu;

/**
 * Words a thread: `{this|that}` becomes one of the two, `{customer}`, `{product}`, `{n}`, `{kg}`, `{order}`, `{early}` and `{time}`
 * become something that stays the same within the thread. `{time}` is soon after the thread begins.
 * @throws Error for a slot that does not exist
 */
export function wordingFor(begin: Date, random: SeededRandom): (text: string) => string {
  const [product = '', other = ''] = random.shuffle(PRODUCTS);
  const [customer = '', neighbour = ''] = random.shuffle(CUSTOMERS);
  const slots: Readonly<Record<string, string>> = {
    product,
    other,
    customer,
    neighbour,
    n: String(random.between(2, 9) * 5),
    kg: String(random.between(3, 16) * 5),
    order: String(random.between(4100, 4990)),
    early: `${random.between(4, 6)}:${random.pick(['10', '20', '40', '50'])}`,
    time: `${begin.getHours() + random.between(1, 2)}:${random.pick(['00', '15', '30', '45'])}`,
  };
  return (text) =>
    text
      .replace(SLOT, (_, name: string) => {
        const value = slots[name];
        if (value === undefined) throw new Error(`There is no slot {${name}}.`);
        return value;
      })
      .replace(CHOICE, (_, choices: string) => random.pick(choices.split('|')))
      .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
