import { threads } from '../thread.js';

/** What two colleagues write to each other; `a` is one of them and `b` the other. */
export const SMALL_TALK = threads(`
a: Do you have ten minutes at {time}?
b: {Yes, come over|Make it a quarter past|For you, fifteen}
a: {Perfect|Thank you, see you then}

a: Did the {product} for {customer} go out?
b: {An hour ago|Yes, with van 1}
a: {Great|Then I can stop worrying}

a: Can you send me the {list|recipe card|photo} from {yesterday|Monday}?
b: {In your mail|Sent}
a: Got it, thanks

b: Running {five|ten} minutes late, sorry
a: {No rush|All good, I start the coffee}

a: {Lunch|Coffee} at {twelve|one}?
b: {Gladly|Yes, please. It has been a morning}
a: {Kitchen or outside?|I bring something from the shelf}
b: {Outside, there is sun|Kitchen, it is warm there}

a: I think I left my {keys|scarf|notebook} at yours
b: {On the windowsill|Found it, it’s in my drawer}
a ^2: You are a treasure

a: Quick one: is it {kg} or {n} kilos in the order for {neighbour}?
b: {kg}. The {n} are the {other}
a: {Ha, good that I asked|Then it adds up}

b: How did it go with {customer}?
a: {Better than I feared|Well. They want to think about it until Friday}
a: They {loved|finished} the {product}
b ^3: {Of course they did 😊|Nobody resists those}

a: Are you in on Saturday?
b: {Until noon|No, first free one this month}
a: {Then I ask Amara|Lucky you}

b: Thank you for stepping in {today|yesterday}
a: {Any time|You would have done the same}

a: The {label|scanner|printer} in the office is out of paper again
b: {Third shelf, left|I just filled it}
a: Ah. {Thanks|I never look on the left}

a: Could you look over this before I send it? “Dear {customer}, from next month your {product} come before {early}.”
b: {Reads well|Short and friendly, send it}
a: Sent 🙂

b: I made too much {soup|curry}. Want some tomorrow?
a: {Always|You know the answer}
b: {Bring a jar|One jar with your name on it, then}

a: {customer} called. They would like to visit the bakery {next week|on Thursday}
b: {Nice. How many?|Not before ten, please}
a: {Four|Six}, and they promise to wear the hats

b: Do we still have the {n} boxes from the {market|fair}?
a: {In the cellar, behind the sacks|I think so, let me look}
b: {I get them tomorrow|Found them}

a: Is it only me or is the {radio|door|heating} making that noise again
b: {It’s not only you|Wei says it’s “character”}
a: {Good to know|Then it stays}

b: Reminder to myself and you: {inventory|hygiene check} on {Thursday|Tuesday}
a: {Noted|I had forgotten, thank you}

a ~: See you at {time} => See you at {time}, at the back door
b: 👍

a: I tried the {other} with {fennel|orange peel|black sesame}
b: And?
a: {Strange for one bite, then I ate four|Try one, they are on the shelf by the window}
b: {On my way|Leave me one}

b: How is your {mother|knee|cat}?
a: {Much better, thanks for asking|Grumpy, but eating again}
b: {Glad to hear it|Give my love}

a: The train is cancelled, I take the next one
b: {I open up, don’t run|OK. Keys are with me}
a: {Thank you 🙏|Owe you one}

b: Could you take a photo of the {delivery note|label} for order {order}?
a: {Two minutes|With flour on it or without?}
b: {Perfect, thanks|As it comes}

a: {Well done today|That was a day}. Feet up now
b: {You too|Already horizontal}
`);
