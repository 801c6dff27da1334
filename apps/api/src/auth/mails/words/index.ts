import type { Language } from '../../../platform/index.js';
import type { Catalogue } from '../catalogue.js';
import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, de, fr, es, ar };
