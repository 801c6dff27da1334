import { listWords, noteWords, summary, typingWords } from './message-words';

const NAMES: Record<string, string> = { anna: 'Anna Berg', ben: 'Ben Okoro', cleo: 'Cleo' };
const nameOf = (id: string): string => NAMES[id] ?? 'Somebody';

describe('the words of messages', () => {
  it('tells what happened in a group from the side of the reader', () => {
    const added = {
      content: '',
      system: { kind: 'members_added' as const, actorId: 'anna', userIds: ['ben', 'cleo'] },
    };
    expect(noteWords(added, 'anna', nameOf)).toBe('You added Ben Okoro and Cleo');
    expect(noteWords(added, 'ben', nameOf)).toBe('Anna Berg added you and Cleo');
    const renamed = { content: '', system: { kind: 'renamed' as const, actorId: 'ben', name: 'Picnic' } };
    expect(noteWords(renamed, 'anna', nameOf)).toBe('Ben Okoro renamed the group to “Picnic”');
  });

  it('falls back to the text of the server where a note has no details', () => {
    expect(noteWords({ content: 'something happened' }, 'anna', nameOf)).toBe('something happened');
  });

  it('sums a message up in one line', () => {
    expect(summary({ type: 'text', content: 'one\n  two' }, 'anna', nameOf)).toBe('one two');
    expect(summary({ type: 'image', content: '' }, 'anna', nameOf)).toBe('Picture');
    expect(summary({ type: 'text', content: '', deletedAt: '2026-11-21T09:00:00Z' }, 'anna', nameOf)).toBe(
      'Message unsent',
    );
  });

  it('lists a few names and counts the others', () => {
    expect(listWords([])).toBe('');
    expect(listWords(['A', 'B', 'C'])).toBe('A, B and C');
    expect(listWords(['A', 'B', 'C', 'D'])).toBe('A, B and 2 others');
  });

  it('says who is typing where there is more than one it can be', () => {
    expect(typingWords([], false, nameOf)).toBeUndefined();
    expect(typingWords(['ben'], true, nameOf)).toBe('typing…');
    expect(typingWords(['ben'], false, nameOf)).toBe('Ben is typing…');
    expect(typingWords(['anna', 'ben'], false, nameOf)).toBe('Anna and Ben are typing…');
  });
});
