import { thread, threads } from '../thread.js';
import type { ChatScript } from './types.js';

export const MILL: ChatScript = {
  name: 'Mill building',
  members: ['zoe', 'wei', 'noa', 'lucia', 'soren', 'kenji'],
  openedDaysAgo: 22,
  routines: threads(`
wei: Electrician comes {on Monday|tomorrow} at {time} to measure the {oven room|cellar}
zoe: {I open the gate|Lucia has the key}. How long?
wei: {An hour|Two at most}

noa: Offer {order} for the floor is {higher|lower} than I planned, by about {n} percent
zoe: {Let’s ask a second one|What did we forget?}
noa ^2: {Already did, answer comes Friday|The drains. Everybody forgets the drains}

lucia: Fire inspector wants a second way out of the {pastry|packing} room
wei: {There is a door behind the shelves|Window to the yard would do, he said}
lucia: {I send him a photo|Good, then that is settled}

soren: The old silo still {works|has wheat in it}, I looked. {Twelve tonnes|Eleven tonnes}, dry as a bone
kenji: {Can we keep it?|I have plans for this silo}
zoe: {If the inspector likes it|You always have plans}
  `),
  routinesPerDay: 0.5,
  hours: [9, 17],
  scenes: [
    {
      daysAgo: 17,
      hour: 14,
      thread: thread(`
        zoe +: jakub
        zoe: Ah. Wrong J, Jakub hasn’t even started. I meant the joiner
        zoe -: jakub
        lucia: He gets a good first impression of us
      `),
    },
  ],
  latest: thread(`
    wei: Measured again. Oven 3 fits through the door with four centimetres to spare
    kenji: Which door?
    wei: The one we will have made 😐
    noa: It’s in the budget. Line 31, “hole”
    zoe ^4: I’m having that framed
  `),
  endedMinutesAgo: 320,
  unread: { lucia: 1, soren: 3 },
};
