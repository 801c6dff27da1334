import { thread, threads } from '../thread.js';
import type { ChatScript } from './types.js';

export const WEBSITE: ChatScript = {
  name: 'Website',
  members: ['minji', 'zoe', 'olena', 'soren', 'amara'],
  openedDaysAgo: 24,
  routines: threads(`
minji: The {product} page is {done|up on the test site}. Have a look when you find a minute
zoe: {Beautiful|I like the big photo}. The price is {missing|the old one}, isn’t it?
minji ^2: {Fixed|Ah, yes. Changed}

olena: Could the order form ask for the delivery {door|time} as well? I call {three|five} customers a day about it
minji: {Yes, tomorrow|Easy, one more field}
olena: {Чудово|Wonderful}

minji: Text for “{About us|The mill|Our flour}”, who writes it?
amara: {I can|Give me until {time}}
amara: Draft is in your mail. {Short, because nobody reads long ones|I left out the story with the goat}
minji ^3: {It reads like you, perfect|I put it in as it is}

zoe: How many orders came through the site {yesterday|this week}?
minji: {n}, most of them {product}
zoe: {More than I hoped|Not bad for a site without a photo of a dog}
  `),
  routinesPerDay: 0.55,
  hours: [10, 17],
  scenes: [
    {
      daysAgo: 20,
      hour: 11,
      thread: thread(`
        minji =: New website 🖥️
        minji: Three colours to choose from: wheat, brick, midnight
        zoe: Wheat
        olena: Пшениця, of course
        soren: Brick
        minji: Two against one, it’s wheat. Sorry, Søren
        soren: I’ll be over here with my bricks
      `),
    },
    {
      daysAgo: 8,
      hour: 15,
      thread: thread(`
        soren: The flour pages are done from my side, so I leave you to it
        minji: Thank you for all the photos of grain!
        soren <:
      `),
    },
  ],
  latest: thread(`
    minji: Launch list: ⏎1. Photos of both shops ✅⏎2. Order form with delivery door ✅⏎3. Korean and Greek pages ⏳⏎4. Somebody who reads everything once
    amara: I’m number 4
    olena: I tested the form from my mother’s tablet. It works, and she ordered a rye
    minji ^3: That explains the order from Poltava 😄
    zoe: Is Tuesday too early?
    minji ^5: Tuesday is perfect. 화요일에 만나요
  `),
  endedMinutesAgo: 148,
  unread: { olena: 1, amara: 2 },
};

export const DINNER: ChatScript = {
  name: 'Friday dinner 🍜 金曜ごはん',
  members: ['francois', 'kenji', 'zoe', 'minji', 'yusuf', 'eleni', 'amara', 'priya'],
  openedDaysAgo: 25,
  routines: threads(`
francois: Who is in on Friday? I count {four|five|six} so far
minji: {Me|저요!}
amara: {In|Only if there is dessert}
eleni: {I bring dessert|Can’t this time, next week}

priya: {My place|The kitchen at Old Harbour} this week? I have {a very large pot|too many aubergines}
kenji: {Yes|いいですね}
yusuf: I bring {the bread that nobody bought|hummus}. {Eight o’clock?|Half past seven?}
priya ^3: {Yes, and an appetite|Perfect}

kenji: Dashi is on. {Bring bowls|Shoes off, the floor is new}
zoe: {Ten minutes|Running late, start without me}
francois: {We would never|We did}

zoe: Thank you for last night. {Best soup of the year|I can still taste the pepper}
francois: {Next one is at yours|The pot is still soaking}
  `),
  routinesPerDay: 0.5,
  hours: [15, 21],
  scenes: [],
  latest: thread(`
    francois: This Friday: Yusuf cooks maqluba, I am told it gets turned upside down in front of us
    yusuf: If it falls apart we call it rice
    eleni: Φέρνω γαλακτομπούρεκο
    kenji: 私はお茶を持って行きます 🍵
    priya ^2: We will call it whatever you like
    zoe: Count me in. Eight?
    yusuf: ثمانية. And come hungry
  `),
  endedMinutesAgo: 205,
  unread: { minji: 3, amara: 1 },
};
