import { thread } from '../thread.js';
import type { PairScript } from './pair.js';

/** Who Zoë talks to, the last one first. */
export const WITH_ZOE: readonly PairScript[] = [
  {
    members: ['zoe', 'eleni'],
    latest: thread(`
      eleni: Ζωή, δοκίμασα τη συνταγή της γιαγιάς σου
      zoe: Και;
      eleni: Λίγη περισσότερη κανέλα και είναι τέλεια
      eleni: Κράτησα τρία κομμάτια για σένα, στο πάνω ράφι
      zoe ^4: Έρχομαι τώρα αμέσως 😄
      eleni: Τώρα είναι δύο κομμάτια. Συγγνώμη
    `),
    endedMinutesAgo: 17,
    unread: { zoe: 1 },
  },
  {
    members: ['zoe', 'kenji'],
    latest: thread(`
      kenji: おはようございます。 Jakub shaped all the baguettes alone this morning
      zoe: All of them? How do they look?
      kenji: Thirty look like mine. Ten look like boats
      zoe ^3: I like boats
      kenji: So do the customers, they went first
      zoe: Tell him well done from me. No, I tell him myself
      kenji ^6: 彼は喜びます。 He stays until one today
    `),
    endedMinutesAgo: 38,
  },
  {
    members: ['zoe', 'yusuf'],
    latest: thread(`
      yusuf: صباح الخير! Van 2 is back, new brakes, and they washed it
      zoe: صباح النور 😊 How much?
      yusuf: Less than the offer. الفاتورة عند نوا
      zoe: شكراً جزيلاً
      yusuf: عفواً. One more thing, house two of the Astoria has a cat. She comes into the van
      zoe ^5: As long as she doesn’t drive
    `),
    endedMinutesAgo: 52,
  },
  {
    members: ['noa', 'zoe'],
    latest: thread(`
      noa: בוקר טוב! Month is closed. We are 4,120 over plan
      zoe: Over as in good?
      noa: Over as in very good. Mostly buns
      zoe ^3: Then we frame the bun
      noa: אני בעד 😄
      noa: I’d put a third of it aside for the mill, before anybody has ideas
      noa: By anybody I mean Kenji
    `),
    endedMinutesAgo: 71,
    unread: { zoe: 3 },
  },
  {
    members: ['olena', 'zoe'],
    latest: thread(`
      olena: Доброго ранку! The Astoria asks for a fixed price until summer
      zoe: What would you do?
      olena: Give it to them for rolls and loaves. Butter moves too much, so croissants stay open
      zoe: Do exactly that. Дякую
      olena ^4: 💛💙
    `),
    endedMinutesAgo: 95,
  },
  {
    members: ['zoe', 'priya'],
    latest: thread(`
      priya: नमस्ते! The school sent drawings of our bread. All forty of them
      zoe: Please tell me one has legs
      priya: Six have legs. One has a hat
      zoe: Into the window with them
      priya ^4: बिल्कुल 😊 Already up
    `),
    endedMinutesAgo: 430,
  },
  {
    members: ['zoe', 'minji'],
    latest: thread(`
      minji: Which photo for the first page? The one with the hands, or the one with the steam?
      zoe: Hands. They are Kenji’s, aren’t they
      minji: 네, after the second bake
      zoe: He’ll say he doesn’t care and then show it to everybody
      minji ^4: ㅋㅋㅋ He asked for a print an hour ago
    `),
    endedMinutesAgo: 176,
  },
  {
    members: ['zoe', 'jakub'],
    latest: thread(`
      zoe: Kenji told me about the baguettes. Well done
      jakub: Thank you! The boats too?
      zoe: Especially the boats
      jakub: Dziękuję bardzo. Tomorrow fewer boats
    `),
    endedMinutesAgo: 22,
    openedDaysAgo: 12,
  },
  {
    members: ['wei', 'zoe'],
    latest: thread(`
      wei: 你好! Oven 3 passed. The certificate is in the blue folder
      zoe: 谢谢, Wei. Honestly, how worried were you?
      wei: 一点点
      wei: Maybe two 一点点
    `),
    endedMinutesAgo: 260,
  },
  {
    members: ['zoe', 'francois'],
    latest: thread(`
      francois: Bonsoir. From April I would like one day shift a week, if the numbers allow it
      zoe: Mondays or Thursdays?
      francois: Thursdays. I have forgotten what a Thursday looks like
      zoe: Then Thursday it is. Lucia puts it in the plan
      francois ^4: Merci, vraiment
    `),
    endedMinutesAgo: 540,
  },
  {
    members: ['amara', 'zoe'],
    latest: thread(`
      amara: The radio wants to come back for the mill. With a bigger microphone
      zoe: Only if you do the talking
      amara: Deal. I already know my first sentence
      zoe ^3: “Come and find out”?
      amara: “We found out”
    `),
    endedMinutesAgo: 610,
  },
  {
    members: ['soren', 'zoe'],
    latest: thread(`
      soren: The mill up in the valley can give us 400 kg a month of the old wheat. Small grain, lovely smell
      zoe: Price?
      soren: A fifth more. I’d take it for the country loaf only
      zoe: Bring a sack, let Kenji and François fight over it
      soren: Skal bli! Monday
    `),
    endedMinutesAgo: 1500,
  },
  {
    members: ['lucia', 'zoe'],
    latest: thread(`
      lucia: Two applications for the night shift. One has baked in Oaxaca, one in Gdańsk
      zoe: ¿Y tú qué piensas?
      lucia: Las dos. Seriously: both for a trial week
      zoe: De acuerdo. You choose the weeks
      lucia ^4: Hecho ✅
    `),
    endedMinutesAgo: 1640,
  },
];
