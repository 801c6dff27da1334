export interface Colleague {
  /** Also the name by which the threads call them. */
  username: string;
  displayName: string;
  about: string;
}

/** Northmill Bakery. The first runs it and administers the chat server. */
export const PEOPLE = [
  { username: 'zoe', displayName: 'Zoë Lindqvist', about: 'I run the place. My door is the one with flour on it.' },
  { username: 'kenji', displayName: '佐藤 健二', about: 'Head baker. Up at three, gone by noon.' },
  { username: 'eleni', displayName: 'Ελένη Παππά', about: 'Ζαχαροπλαστική · pastry' },
  { username: 'olena', displayName: 'Олена Ковальчук', about: 'Wholesale orders. Changes until 15:00, please.' },
  { username: 'yusuf', displayName: 'يوسف حداد', about: 'Deliveries, both vans' },
  { username: 'noa', displayName: 'נועה ברק', about: 'Books and invoices' },
  { username: 'priya', displayName: 'प्रिया शर्मा', about: 'Old Harbour shop' },
  { username: 'wei', displayName: '陈伟', about: 'Ovens, mixers, anything with a motor' },
  { username: 'minji', displayName: '김민지', about: 'Design, photos, website' },
  { username: 'francois', displayName: 'François Dubois', about: 'Night shift and sourdough' },
  { username: 'amara', displayName: 'Amara Okafor', about: 'Station Street shop' },
  { username: 'soren', displayName: 'Søren Ødegård', about: 'Flour, butter, eggs: I buy them' },
  { username: 'lucia', displayName: 'Lucía Fernández', about: 'People, shifts, first aid' },
  { username: 'jakub', displayName: 'Jakub Wiśniewski', about: 'Apprentice since this month' },
] as const satisfies readonly Colleague[];
