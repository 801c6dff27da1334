const ALIKE: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', i: 'l' };

/**
 * What a normalised username looks like at a glance: letters and digits that are taken for each other are the same, and what only
 * separates is left out. The column `users.username_skeleton` is made in the same way by the database.
 */
export function skeletonOf(username: string): string {
  return username
    .replace(/[_.-]/g, '')
    .replace(/[01i]/g, (letter) => ALIKE[letter] ?? letter)
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}
