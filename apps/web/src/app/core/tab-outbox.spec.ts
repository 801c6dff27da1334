import { TabOutbox } from './tab-outbox';

const entry = { clientId: 'c1', chatId: 'chat', content: 'hello', createdAt: '2026-11-21T09:00:00.000Z' };

describe('TabOutbox', () => {
  beforeEach(() => sessionStorage.clear());

  it('gives back what was on its way before the page was loaded again', () => {
    new TabOutbox(() => 'anna').save([entry]);
    expect(new TabOutbox(() => 'anna').load()).toEqual([entry]);
  });

  it('never hands one person the messages of another', () => {
    new TabOutbox(() => 'anna').save([entry]);
    expect(new TabOutbox(() => 'ben').load()).toEqual([]);
  });

  it('leaves nothing behind once everything is sent', () => {
    const outbox = new TabOutbox(() => 'anna');
    outbox.save([entry]);
    outbox.save([]);
    expect(sessionStorage.length).toBe(0);
  });

  it('starts empty when what was stored is damaged', () => {
    sessionStorage.setItem('chatr.outbox.anna', '{not json');
    expect(new TabOutbox(() => 'anna').load()).toEqual([]);
    sessionStorage.setItem('chatr.outbox.anna', '[{"clientId":1}]');
    expect(new TabOutbox(() => 'anna').load()).toEqual([]);
  });
});
