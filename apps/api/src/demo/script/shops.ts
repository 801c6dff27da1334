import { thread, threads } from '../thread.js';
import type { ChatScript } from './types.js';

const routines = threads(`
priya: Old Harbour: {product} gone by {time}. Any left at Station Street?
amara: {n}, I can spare half
priya: {You are an angel|धन्यवाद}! I send somebody over

amara: {Quiet morning|Queue out of the door since eight} at Station Street. {other} sell like never before
lucia: Do you need hands?
amara ^2: {No, we manage|Somebody from eleven to one would be lovely}
lucia: {Good. Call me if that changes|Sent you Jonas, he knows the till}

priya: Card reader at the second till says no {again|since ten}
amara: Off, count to ten, on. Ours does the same on {Tuesdays|rainy days}
priya ^2: {That did it|Works, thank you}

lucia: Shifts for next week are up. {Please check Thursday|Two changes on Saturday, both marked}
amara: {Fits|Can I swap Friday with Priya?}
priya: {Fine for me|All good here}

amara: Somebody left a {blue umbrella|child’s scooter|very good scarf} here yesterday
priya: {A lady asked about one this morning, I send her over|Not one of ours, I think}

priya: A customer wants to know whether the {product} are vegan
eleni: {Yes, all of them|No, there is butter in them. The focaccia is}
priya: {Told her, she took three|Thanks, I’ll put a sign up}

amara: Took {n} preorders for {product} for the weekend already
priya: {We have about the same|Only half as many here, but it is early}
zoe: {Lovely|Good work, both of you}. I’ll let the floor know

minji: New price cards are printed: {product} and {other}. {Yusuf takes them along tomorrow|They are in the office}
priya: {They look great|Finally readable from the door}
`);

export const SHOPS: ChatScript = {
  name: 'Shops ☀️',
  members: ['zoe', 'priya', 'amara', 'lucia', 'eleni', 'minji'],
  openedDaysAgo: 26,
  routines,
  routinesPerDay: 1.9,
  hours: [8, 17],
  scenes: [
    {
      daysAgo: 15,
      hour: 8,
      thread: thread(`
        lucia: Who knows the new code of the yard gate?
        priya x: It is 4711, same as the old one backwards
        lucia: Please not in here!
        priya: Gone. And on the blue card, second drawer
        lucia ^4: Thank you. I change it anyway
      `),
    },
    {
      daysAgo: 9,
      hour: 10,
      thread: thread(`
        amara: The radio was here. Live. They asked what a cardamom bun is
        priya: What did you say?
        amara ^2: “Come and find out”
        zoe: 😂 Perfect
        amara: They came. All of them. We are out of buns until tomorrow
        eleni: Double batch tonight then
      `),
    },
  ],
  latest: thread(`
    priya: Window at Old Harbour is done: wheat, lanterns, the big copper bowl. Thank you, Minji
    minji ^1: It was your idea with the lanterns
    amara: I want one as well
    lucia: Saturday is short of one person at Station Street, 9 to 14. Anybody?
    zoe: I’ll do it. I have not sold a bun since summer
    amara ^5: You still remember the till?
    zoe ~: Off, count to ten, on => Off, count to ten, on. See, I read everything
  `),
  endedMinutesAgo: 63,
  unread: { lucia: 2, eleni: 3 },
};
