import Bowser from 'bowser';

/** What people call these, where Bowser has the maker's name for them. */
const SHORT: Readonly<Record<string, string>> = { 'Microsoft Edge': 'Edge', macOS: 'Mac', 'Chrome OS': 'ChromeOS' };
/** The beginning only, letters: what a stranger writes here, which Bowser may pass on, goes into a mail to the owner. */
const PROGRAM = /^[A-Za-z][A-Za-z _-]{0,29}/;

/** "Firefox on Windows" of what a browser calls itself; what is no browser is named as it names itself. Undefined where it does neither. */
export function deviceWords(userAgent: string): string | undefined {
  // Bowser refuses an empty text.
  if (userAgent.trim() === '') return undefined;
  const { browser, os, platform } = Bowser.parse(userAgent);
  const apple = platform.model === 'iPhone' || platform.model === 'iPad' ? platform.model : undefined;
  const system = apple ?? short(os.name);
  const program = short(browser.name);
  if (program === undefined) return system ?? PROGRAM.exec(userAgent.trim())?.[0].trim();
  return system === undefined ? program : `${program} on ${system}`;
}

function short(name: string | undefined): string | undefined {
  return SHORT[name ?? ''] ?? PROGRAM.exec(name ?? '')?.[0].trim();
}
