import type { MessageView } from '@chatr/client';
import { Screen } from './screen.js';

describe('a screen', () => {
  const view = (seq: number | undefined, clientId = `name-${seq ?? 'none'}`): MessageView => ({
    key: clientId,
    state: seq === undefined ? 'sending' : 'confirmed',
    mine: false,
    chatId: 'c',
    clientId,
    senderId: 'ann',
    type: 'text',
    content: 'hello',
    reactions: [],
    mentions: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    ...(seq === undefined ? {} : { id: `id-${seq}`, seq }),
  });
  const numbers = (...all: number[]): MessageView[] => all.map((seq) => view(seq));
  let screen: Screen;

  beforeEach(() => {
    screen = new Screen();
  });

  const problems = (messages: MessageView[]): string[] =>
    screen.look('c', messages, 1).flaws.map(({ problem }) => problem);

  it('shows everything up to the first number that is missing', () => {
    expect(screen.look('c', numbers(3, 4, 5), 1)).toEqual({ reached: 5, flaws: [] });
    expect(screen.look('c', numbers(3, 4, 5, 7), 1)).toEqual({ reached: 5, flaws: [] });
    expect(new Screen().look('c', [], 4)).toEqual({ reached: 3, flaws: [] });
  });

  it('must not go down, repeat a name, or lose what it showed', () => {
    expect(problems(numbers(3, 5, 4))).toEqual(['reordered']);
    expect(problems([...numbers(3), view(undefined), ...numbers(4)])).toEqual(['reordered']);
    expect(problems([view(3, 'same'), view(4, 'same')])).toEqual(['doubled']);
    expect(problems(numbers(3))).toEqual(['lost']);
  });

  it('may lose what belongs to a chat that was left', () => {
    expect(problems(numbers(3, 4))).toEqual([]);
    screen.forget('c');
    expect(problems([])).toEqual([]);
  });
});
