export const PRODUCTS: readonly string[] = [
  'country loaves',
  'rye loaves',
  'baguettes',
  'seeded rolls',
  'croissants',
  'cardamom buns',
  'focaccia',
  'oat loaves',
  'burger buns',
  'spinach pies',
  'brioche',
  'milk bread',
];

/** Those who buy by the crate. */
export const CUSTOMERS: readonly string[] = [
  'Café Lumière',
  'Hotel Astoria',
  'the Lighthouse',
  'Kontor Coffee',
  'the university canteen',
  'Bistro Olive',
  'the ferry terminal',
  'Mira’s Deli',
  'the Blue Door',
  'Harbour School',
  'Theatre Bar',
  'St. Anne’s Hospital',
];
