import { belongsInList, matchesQuery } from './chat-filter';

describe('the chat list', () => {
  it('hides direct chats that nobody has written in, and shows empty groups', () => {
    expect(belongsInList({ type: 'direct', lastMessage: null, lastSeq: 0 })).toBe(false);
    expect(belongsInList({ type: 'direct', lastMessage: null, lastSeq: 3 })).toBe(true);
    expect(belongsInList({ type: 'group', lastMessage: null, lastSeq: 0 })).toBe(true);
  });

  it('finds names by parts, whatever their case and accents', () => {
    expect(matchesQuery({ name: 'Beatriz Carvalho' }, 'carv bea')).toBe(true);
    expect(matchesQuery({ name: 'Zoë' }, 'zoe')).toBe(true);
    expect(matchesQuery({ name: 'Zoë' }, 'zoo')).toBe(false);
    expect(matchesQuery({ name: 'Anybody' }, '')).toBe(true);
  });
});
