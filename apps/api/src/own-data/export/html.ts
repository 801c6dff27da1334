import { escapeHtml } from '../../platform/index.js';

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 15px/1.45 -apple-system, "Segoe UI", Roboto, sans-serif; max-width: 68ch; margin: 0 auto; padding: 24px 16px 64px; }
  h1 { font-size: 20px; } h2 { font-size: 15px; margin-top: 32px; }
  a { color: #c2410c; } @media (prefers-color-scheme: dark) { a { color: #fb923c; } }
  ul { padding: 0; list-style: none; } li { padding: 8px 0; border-top: 1px solid #8884; }
  article { padding: 8px 0; } article p { margin: 2px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  .who { font-weight: 600; } .aside { color: #777; font-size: 13px; } .quote { border-inline-start: 3px solid #8886; padding-inline-start: 8px; }
  nav { display: flex; gap: 16px; margin: 16px 0; }`;

/**
 * The beginning of a page that is read from a disk, without a server: nothing in it runs, and nothing is fetched. Whatever goes into a
 * page passes `escapeHtml`; this is for the day when something does not.
 */
export function pageStart(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1 dir="auto">${escapeHtml(title)}</h1>
`;
}

export const PAGE_END = '</body>\n</html>\n';

/** A link to another file of the archive. @param path relative, its parts separated by slashes */
export function link(path: string, text: string): string {
  const address = path.split('/').map(encodeURIComponent).join('/');
  return `<a href="${escapeHtml(address)}" dir="auto">${escapeHtml(text)}</a>`;
}

/** A moment as people read it; the page says once that it is UTC. */
export function when(iso: string): string {
  return `<time datetime="${escapeHtml(iso)}">${escapeHtml(iso.slice(0, 16).replace('T', ' '))}</time>`;
}
