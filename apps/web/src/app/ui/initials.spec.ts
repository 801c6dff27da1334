import { colourOf, initials } from './initials';

describe('initials', () => {
  it('takes the first letters of the first and the last name', () => {
    expect(initials('nora lindqvist')).toBe('NL');
    expect(initials('Ana Maria de Souza')).toBe('AS');
    expect(initials('Ivy')).toBe('I');
  });

  it('works in any script and passes signs over', () => {
    expect(initials('田中 健二')).toBe('田健');
    expect(initials('ليلى المنصوري')).toBe('ل');
    expect(initials('Launch week 🚀')).toBe('LW');
    expect(initials('👩‍🚀')).toBe('👩‍🚀');
    expect(initials('  ')).toBe('');
  });

  it('gives each id one colour of those there are', () => {
    const colours = Array.from({ length: 200 }, (_, index) => colourOf(`person-${index}`, 8));
    expect(new Set(colours).size).toBe(8);
    expect(colourOf('person-1', 8)).toBe(colours[1]);
    expect(Math.min(...colours)).toBe(1);
    expect(Math.max(...colours)).toBe(8);
  });
});
