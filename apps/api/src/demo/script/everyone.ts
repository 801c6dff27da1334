import { thread, threads } from '../thread.js';
import type { ChatScript } from './types.js';

const routines = threads(`
zoe: {Good week, everybody|Thank you for today}: {n} new preorders and not one complaint
lucia: {Cake in the kitchen|There is soup for everybody at noon}
amara: {On my way|Save me a piece}

lucia: First-aid course {next Tuesday|on Thursday} at {time}. Four places left
jakub: I’d like one
soren: Me too, please
lucia ^2: You are both in

wei: Water is off in the {yard|back kitchen} at {time}, {fifteen|twenty} minutes
kenji: OK, we fill the buckets before
wei: {And on again|Done, it took eleven}

noa: Receipts for this month until {Friday|the 28th}, please. {Photos are fine|Yes, also the small ones}
francois: {Mine are in the blue box|I have one. It is very small}
noa ^2: Perfect, thank you

minji: I need {two|three} pairs of hands in a photo at {time}. Clean ones
eleni: {Mine are covered in chocolate|Here}
kenji: You can have mine after the second bake

soren: Somebody’s bike is in front of the flour door {again|this morning}
yusuf: {Mine, sorry, gone|Not mine this time}

lucia: Holiday wishes for next month, please, until {Friday|Monday}. So far I have {three|four}
olena: Sent you mine
priya: Mine as well
`);

export const EVERYONE: ChatScript = {
  name: 'Northmill, everyone',
  members: [
    'zoe',
    'kenji',
    'eleni',
    'olena',
    'yusuf',
    'noa',
    'priya',
    'wei',
    'minji',
    'francois',
    'amara',
    'soren',
    'lucia',
  ],
  openedDaysAgo: 30,
  routines,
  routinesPerDay: 0.9,
  hours: [8, 16],
  scenes: [
    {
      daysAgo: 29,
      hour: 9,
      thread: thread(`
        zoe: Good morning and welcome. From today we talk here instead of in five different apps and on the back of delivery notes
        kenji: The delivery notes will miss us
        noa: I will not miss decoding them
        zoe: Groups for the floor, the shops, wholesale and the website are ready. If something is missing, make it
        francois: I made one for dinners
        zoe ^5: Naturally
      `),
    },
    {
      daysAgo: 18,
      hour: 15,
      thread: thread(`
        yusuf x: Mama, I’m home at eight, don’t cook for ten people
        yusuf: That was for my mother
        eleni: Be home at eight, Yusuf
        francois: And what about the other nine?
        yusuf ^4: She invites you all on Sunday. I’m not joking
      `),
    },
    {
      daysAgo: 13,
      hour: 9,
      thread: thread(`
        lucia +: jakub
        lucia: Everybody, this is Jakub, our new apprentice
        jakub: Cześć! If I stand in your way, please say so
        priya: स्वागत है 😊
        noa: ברוך הבא
        wei: 欢迎
        minji: 환영해요!
        yusuf: أهلاً وسهلاً
        soren: Velkommen
      `),
    },
    {
      daysAgo: 4,
      hour: 8.5,
      thread: thread(`
        lucia: It is somebody’s birthday today and she hoped that nobody would notice
        eleni: Χρόνια πολλά, Ζωή! 🎂
        kenji: お誕生日おめでとうございます
        olena: З днем народження! 🌻
        yusuf: كل عام وأنتِ بخير يا زوي
        noa: יום הולדת שמח!
        priya: जन्मदिन मुबारक हो 🎉
        wei: 生日快乐!
        minji: 생일 축하해요 💛
        francois: Joyeux anniversaire ! The cake is the one that leans a little
        amara: Happy birthday! Drinks at Station Street at five, no excuses
        soren: Gratulerer med dagen
        jakub: Wszystkiego najlepszego!
        zoe: You are all terrible at keeping secrets and I love it. Thank you, ευχαριστώ, 谢谢, gracias, tack 🧡
      `),
    },
  ],
  latest: thread(`
    zoe: The lease for the mill building is signed. From April we have an oven room with windows
    eleni: WITH WINDOWS
    kenji: I have asked for windows since 2014
    amara: 🎉🎉🎉
    francois ^3: At night they do not help me much, but I am happy for you all
    wei: Three-phase power on both sides, I checked before she signed
    noa: I checked the numbers before she signed
    lucia: And I have the keys. Tour on Friday at three, coffee included
    jakub: Do apprentices get a tour?
    zoe ^9: Apprentices carry the coffee ☕
    olena: Дуже рада! 💛
    yusuf: Is there parking for two vans?
    zoe ^12: For three
    yusuf: الحمد لله 😄
  `),
  endedMinutesAgo: 4,
  unread: { zoe: 1, kenji: 5, francois: 7, soren: 2, noa: 4 },
};
