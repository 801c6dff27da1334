import { thread, threads } from '../thread.js';
import type { ChatScript } from './types.js';

const routines = threads(`
olena: Order {order}: {customer}, {n} {product} and {n} {other}, {back door|side entrance|at the bar} before {early}
yusuf: {Van 1|Van 2}, first stop
olena ^2: {Дякую!|Thank you}

yusuf: {customer} done, {neighbour} next. {Bridge is up, ten minutes late|Roads are empty|Roadworks on Quay Street, I go round}
olena: {I’ll let them know|OK, no rush there}
yusuf: Delivered. {Signed by the chef|Left the crates with the porter|They ask for more {other} from next week}

olena: {customer} {wants|asks for} {n} more {product} for tomorrow. Can we?
kenji: {Yes, if they tell us by noon|Yes|Thirty at most, the proofer is full}
olena ^2: Then I confirm it

noa: {customer} hasn’t paid invoice {order} yet, {two|three} weeks over. {Do we keep delivering?|Shall I call?}
olena: I see {their manager|the chef} tomorrow, let me ask first
noa: {Good, thank you|OK. I wait until Friday}
olena ^1: {Paid this morning|They had the old account number}, it should be with you tomorrow

yusuf: {n} empty crates back from {customer}, {two of them broken|all clean, a miracle}
soren: {I order new ones with the next lot|That makes 40 we got back this week}

olena: Who can do a tasting box for {customer}? {product}, {other}, something sweet
eleni: {I put in a few cardamom buns|Sweet part is mine}
kenji: The rest by {early}
olena: You two are the best

soren: Butter goes up {four|six} percent from the first. I locked in the old price for {kg} kg
noa: {Nice|That pays for my desk lamp}
olena: Then our croissant price can stay as it is until summer

yusuf: Van 2 is at the garage until {time}. {Brakes|Tyres|Just the yearly check}
olena: Everything on van 1 then, {customer} can wait till ten
yusuf ^2: {It fits, I tried|Two rounds, no problem}

olena ~: Tomorrow’s list is up, {n} stops, first one {early} => Tomorrow’s list is up, {n} stops, first one {early}, {neighbour} is new
yusuf: {Seen 👍|تمام}

noa: Which address goes on the invoices of {customer}, the {old|new} one?
olena: The {harbour|station} one, they moved
noa: {Changed|תודה}, all open ones are corrected
`);

export const WHOLESALE: ChatScript = {
  name: 'Wholesale & deliveries 🚚',
  members: ['olena', 'yusuf', 'noa', 'kenji', 'soren', 'eleni', 'zoe'],
  openedDaysAgo: 30,
  routines,
  routinesPerDay: 2.4,
  hours: [6, 16],
  scenes: [
    {
      daysAgo: 18,
      hour: 13,
      thread: thread(`
        olena: Big one. Hotel Astoria wants us for breakfast in all three houses, from the first of next month
        zoe: All three?!
        olena: 240 rolls, 90 croissants, 40 loaves. Every day, Sundays too
        kenji: With oven 3 only. Wei says it is two weeks away from ready
        olena ^4: They know. They said: start with one house, add the others when we say so
        noa: And they pay within 14 days, I read the contract twice
        zoe: Then we say yes. Olena, this is yours, and thank you
        yusuf: مبروك! I know every one of their back doors already
      `),
    },
  ],
  latest: thread(`
    olena: Hotel Astoria confirmed house two from Monday: 80 rolls, 30 croissants, 12 loaves
    yusuf: Then I take the ring road first and the harbour after, otherwise the rolls get cold
    noa ^1: Contract is signed, I filed it. Invoices go out every second Friday
    soren: I’ve raised flour by 150 kg a week, first delivery Thursday
    olena: Can somebody tell the floor?
    zoe ^5: Kenji knows since this morning. He pretended to faint
    yusuf x: Which door is it in house two?
    yusuf: Found it, the green one behind the kitchen. شكراً
  `),
  endedMinutesAgo: 11,
  unread: { zoe: 2, kenji: 6, eleni: 8 },
};
