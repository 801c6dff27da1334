import { chatr } from './chatr.js';
import { ejabberd } from './ejabberd.js';
import { insertEach } from './insert-each.js';
import { postgres } from './postgres.js';
import { relay } from './relay.js';
import type { Target } from './target.js';

/** In the order in which they are measured and shown. */
export const TARGETS: readonly Target[] = [postgres, relay, insertEach, ejabberd, chatr];
