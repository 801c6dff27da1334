import { AMONG_OTHERS } from './direct-others.js';
import { WITH_ZOE } from './direct-zoe.js';
import { EVERYONE } from './everyone.js';
import { FLOOR } from './floor.js';
import { MILL } from './mill.js';
import { directChat } from './pair.js';
import { SHOPS } from './shops.js';
import { DINNER, WEBSITE } from './small-groups.js';
import type { ChatScript } from './types.js';
import { WHOLESALE } from './wholesale.js';

export { PEOPLE } from './people.js';
export type { ChatScript } from './types.js';

export const CHATS: readonly ChatScript[] = [
  EVERYONE,
  FLOOR,
  WHOLESALE,
  SHOPS,
  WEBSITE,
  DINNER,
  MILL,
  ...[...WITH_ZOE, ...AMONG_OTHERS].map(directChat),
];
