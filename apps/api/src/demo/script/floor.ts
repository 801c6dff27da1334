import { thread, threads } from '../thread.js';
import type { ChatScript } from './types.js';

const routines = threads(`
francois: Night shift done: {n} trays of {product} proofed, levain fed at {early}. {The rye is a touch wetter than usual.|Everything is where it should be.|Cold room at 4°.}
kenji ^1: Thanks. {I take it from here.|Sleep well.|ありがとう 🙏}
kenji: First bake goes in at {early}

kenji: Oven 2 runs {eight|ten|twelve} degrees hot again, watch the {product}
wei: I come down {after the second bake|at {time}|before lunch}
wei: Thermocouple was loose. Tightened, {tested|calibrated} at 230, holds.
kenji ^3: {Perfect|Much better}, thank you

jakub: How long do the {product} proof when the room is this {warm|cold}?
kenji: Don’t look at the clock. Press with a finger: if the dent comes back slowly, they are ready
francois: And write down what you see. After a month you have your own table
jakub ^2: {Got it|Will do}. They look ready now, so in they go

eleni: We are short of {butter|almond flour|vanilla|pistachios} for tomorrow, enough for {n} pieces and no more
zoe: Søren can have it here {before six|this afternoon}. Is that soon enough?
eleni: {Yes, just|Plenty of time}, thanks

kenji: {customer} doubled their {product} for tomorrow. Mixing an extra {kg} kg tonight
francois: {Fine by me|OK}, I start half an hour earlier
zoe ^1: Thank you both. I’ll ask Olena to warn us sooner next time

wei: Mixer 1 gets its new belt today at {time}. Forty minutes without it
kenji: {Good moment, we have a gap then|Make it thirty and I bake you something}
wei: Done. {It hums again.|Quiet as a cat.}

francois: Starter doubled in {four|five} hours. {Spring is coming|The new flour likes the room}
kenji: Hydration up to {76|78|80}% then, let’s see
francois ^2: Agreed. I’ll mark those crates

zoe: Tasting at {time}: the {product} with the new flour against the old. Bring your coffee
eleni: {Count me in|I bring something sweet for after}
jakub: May I come as well?
zoe ^3: Apprentices first, that is the rule

kenji: {n} {product} too dark from oven 3, I keep them for the staff shelf
eleni: {I’ll make a pudding of them|They make fine croutons}
jakub: I take two home if nobody minds

eleni: The {fridge door|display lamp|scale} in pastry {squeaks|flickers|sticks} again
wei: {On my list for today|Five minutes}
wei: Fixed
eleni: {Ευχαριστώ!|You are quick 👏}

kenji: Flour delivery is in: {n}0 kg of the stone-milled, {n} sacks of rye
francois: Protein?
kenji ^2: {11.8|12.1|12.4} on the sheet. I keep one sack aside for the test bake
`);

export const FLOOR: ChatScript = {
  name: 'Bakery floor',
  members: ['kenji', 'zoe', 'francois', 'eleni', 'wei'],
  openedDaysAgo: 30,
  routines,
  routinesPerDay: 2.2,
  hours: [5, 14],
  scenes: [
    {
      daysAgo: 13,
      hour: 8,
      thread: thread(`
        zoe +: jakub
        zoe: Jakub starts today. Two weeks with Kenji, two with François, then he tells us what we do wrong
        jakub: Dzień dobry! Very happy to be here
        kenji: ようこそ 👨‍🍳 Apron on hook 6, shoes dry, questions any time
        francois: Welcome! At night we have the better radio
        eleni: Καλώς ήρθες, Jakub
      `),
    },
    {
      daysAgo: 8,
      hour: 9,
      thread: thread(`
        jakub x: Kenji says I’m slow but the buns are straight, so who is right?
        jakub: That was for my sister 🙈
        kenji: The buns are straight
        eleni ^3: From him that is a poem
      `),
    },
    {
      daysAgo: 6,
      hour: 6,
      thread: thread(`
        francois: Power was out from 2:10 to 2:55. Oven 1 was cold, so the country loaves are an hour late
        kenji: On my way. Baguettes first, they need the least
        wei: Breaker tripped when both mixers started. I put them on separate lines today
        zoe: What do the shops need to know?
        kenji ^4: Country loaves from nine instead of eight, everything else on time
        zoe: Told them. Thank you, François, for not waking everybody
        francois: I woke Wei
        wei ^7: I can confirm that
      `),
    },
  ],
  latest: thread(`
    kenji: Test bake of the stone-milled flour is out. Left old, right new: more oven spring, darker crust
    eleni: The smell is all the way up in pastry
    francois ^1: Same hydration?
    kenji ^3: Same, 78. It drinks a little more than it admits
    zoe: Then let’s switch the country loaf on Monday. Søren, how much is left of the old one?
    jakub: Søren isn’t in this group, but I counted: 14 sacks
    zoe ^6: You will go far
    wei: Oven 2 is level again, by the way. 230 means 230
    kenji: 完璧。Tomorrow we bake as if we had planned all this
  `),
  endedMinutesAgo: 24,
  unread: { zoe: 2, francois: 4, eleni: 1 },
};
