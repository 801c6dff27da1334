import { directionOf, type Language } from '../language/languages.js';

/** What a mail says, in an order that reads well as text and as HTML. */
export interface Letter {
  /** What it is written in; English where it is left out. */
  language?: Language;
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  /** Six digits, shown large. */
  code?: string;
  link?: { label: string; url: string };
  /** What to do when one did not ask for this mail. */
  footnote?: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Everything that goes into HTML passes here: names are chosen by strangers. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Renders a letter in both forms. In the text a code stands as six digits in a line of its own. */
export function compose(letter: Letter): { subject: string; text: string; html: string } {
  return { subject: letter.subject, text: asText(letter), html: asHtml(letter) };
}

/** The code comes first: phones show the beginning, and no digits of somebody's name can be taken for it. */
function asText({ greeting, paragraphs, code, link, footnote }: Letter): string {
  const linkBlock = link === undefined ? undefined : `${link.label}:\n${link.url}`;
  const blocks = [code, greeting, ...paragraphs, linkBlock, footnote];
  return `${blocks.filter((block) => block !== undefined).join('\n\n')}\n`;
}

/*
 * Styles stand at the elements, since many mail programs take them from nowhere else; what is dark is in the head, for those that
 * do. The button is the product's orange in a shade on which white has a contrast of 5.2:1. Nothing is fetched: a picture from
 * elsewhere would tell when and where a mail is read.
 */
const BODY = 'margin:0;padding:32px 16px;background:#f4f5f7;color:#1d2433';
const FONT = "font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const CARD = `max-width:480px;margin:0 auto;padding:32px;border-radius:14px;background:#ffffff;${FONT}`;
const BRAND = 'margin:0 0 24px;font-size:20px;font-weight:700;color:#c2410c';
const CODE =
  'margin:24px 0;padding:16px;border-radius:8px;background:#fff4ed;color:#7c2d12;text-align:center;font-size:32px;font-weight:700;letter-spacing:6px';
const BUTTON =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#c2410c;color:#ffffff;font-weight:600;text-decoration:none';
const FOOTNOTE = 'margin:24px 0 0;padding-top:16px;border-top:1px solid #e4e7ec;color:#5b6474;font-size:13px';
const HIDDEN = 'display:none;max-height:0;overflow:hidden;opacity:0';
const DARK =
  '@media (prefers-color-scheme:dark){.page{background:#14161b!important}.card{background:#1e2128!important;color:#e8eaee!important}.brand{color:#fb923c!important}.code{background:#2c211a!important;color:#fdba74!important}.foot{color:#a5adba!important;border-color:#343943!important}}';

function asHtml(letter: Letter): string {
  const { subject, greeting, paragraphs, code, link, footnote, language = 'en' } = letter;
  const body = [
    `<div style="${HIDDEN}">${escapeHtml(preheader(letter))}</div>`,
    `<div class="card" style="${CARD}"><p class="brand" style="${BRAND}">Chatr</p>`,
    paragraph(greeting),
    ...paragraphs.map(paragraph),
    code === undefined ? '' : `<p class="code" dir="ltr" style="${CODE}">${escapeHtml(code)}</p>`,
    link === undefined
      ? ''
      : `<p style="margin:24px 0 0"><a href="${escapeHtml(link.url)}" style="${BUTTON}">${escapeHtml(link.label)}</a></p>`,
    footnote === undefined ? '' : `<p class="foot" style="${FOOTNOTE}">${escapeHtml(footnote)}</p>`,
    '</div>',
  ].join('');
  const direction = directionOf(language);
  const head = [
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(subject)}</title><style>:root{color-scheme:light dark}${DARK}</style>`,
  ].join('');
  return `<!doctype html><html lang="${language}" dir="${direction}"><head>${head}</head><body class="page" dir="${direction}" style="${BODY}">${body}</body></html>`;
}

/** What lists of mails show after the subject. */
function preheader({ code, paragraphs }: Letter): string {
  return [code, paragraphs[0]].filter((part) => part !== undefined).join(' · ');
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
}
