/** What a mail says, in an order that reads well as text and as HTML. */
export interface Letter {
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

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,sans-serif";
const CODE_STYLE = 'font-size:32px;font-weight:700;letter-spacing:6px;margin:24px 0';
const BUTTON_STYLE =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#2f5bea;color:#ffffff;text-decoration:none';

function asHtml({ subject, greeting, paragraphs, code, link, footnote }: Letter): string {
  const body = [
    paragraph(greeting),
    ...paragraphs.map(paragraph),
    code === undefined ? '' : `<p style="${CODE_STYLE}">${escapeHtml(code)}</p>`,
    link === undefined
      ? ''
      : `<p><a href="${escapeHtml(link.url)}" style="${BUTTON_STYLE}">${escapeHtml(link.label)}</a></p>`,
    footnote === undefined ? '' : `<p style="color:#667085;font-size:13px">${escapeHtml(footnote)}</p>`,
  ].join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body style="${FONT};font-size:16px;line-height:1.5;color:#1d2433;max-width:480px;margin:0 auto;padding:24px">${body}</body></html>`;
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}
