import { thread } from '../thread.js';
import type { PairScript } from './pair.js';

/** Who else talks to whom. */
export const AMONG_OTHERS: readonly PairScript[] = [
  {
    members: ['kenji', 'francois'],
    latest: thread(`
      francois: Levain is at your place in the cold room, left. Fed at 4:30
      kenji: ありがとう。 Sleep well
      francois: If oven 2 sings, I was right
      kenji ^3: It sings
    `),
    endedMinutesAgo: 190,
  },
  {
    members: ['olena', 'yusuf'],
    latest: thread(`
      yusuf: The ferry terminal wants to be last on the list now, their cook starts later
      olena: Добре, I swap them with the school
      yusuf: شكراً 🙏
    `),
    endedMinutesAgo: 45,
    unread: { olena: 1 },
  },
  {
    members: ['noa', 'olena'],
    latest: thread(`
      noa: Bistro Olive paid everything. With a note: “Sorry, and the focaccia was great”
      olena: Keep the note!
      noa: It’s on the wall already
    `),
    endedMinutesAgo: 230,
  },
  {
    members: ['amara', 'priya'],
    latest: thread(`
      priya: Do you have the big ladder?
      amara: Behind the counter since the lanterns
      priya: Your lanterns?
      amara ^3: I said I wanted a window as well 😇
    `),
    endedMinutesAgo: 85,
    unread: { priya: 1 },
  },
  {
    members: ['wei', 'kenji'],
    latest: thread(`
      kenji: Mixer 2 sounds like a small aeroplane
      wei: Taking off or landing?
      kenji: Landing. Badly
      wei: Bearing. I have one here, twenty minutes
    `),
    endedMinutesAgo: 155,
  },
  {
    members: ['minji', 'eleni'],
    latest: thread(`
      minji: Can I photograph the galaktoboureko before Friday eats it?
      eleni: Βεβαίως, Thursday at four, the light is good then
      minji: 고마워요! I bring the white plate
    `),
    endedMinutesAgo: 420,
  },
  {
    members: ['jakub', 'olena'],
    openedDaysAgo: 11,
    latest: thread(`
      jakub: Olena, jak jest po ukraińsku „chleb na zakwasie”?
      olena: Хліб на заквасці. Майже те саме!
      jakub: Prawie to samo 😊 Дякую!
    `),
    endedMinutesAgo: 1300,
  },
];
