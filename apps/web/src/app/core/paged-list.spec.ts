import { ChatrError } from '@chatr/client';
import { PagedList } from './paged-list';

it('adds page to page until there are no more', async () => {
  const list = new PagedList((cursor) =>
    Promise.resolve(cursor === undefined ? { items: [1, 2], nextCursor: 'b' } : { items: [3], nextCursor: null }),
  );
  expect(list.items()).toBeUndefined();
  await list.reload();
  expect([list.items(), list.hasMore()]).toEqual([[1, 2], true]);
  await list.more();
  expect([list.items(), list.hasMore()]).toEqual([[1, 2, 3], false]);
  await list.reload();
  expect(list.items()).toEqual([1, 2]);
});

it('shows the answer to what was asked last, whichever comes last', async () => {
  const answers: ((items: number[]) => void)[] = [];
  const list = new PagedList<number>(
    () => new Promise((resolve) => answers.push((items) => resolve({ items, nextCursor: null }))),
  );
  const both = [list.reload(), list.reload()];
  answers[1]?.([2]);
  answers[0]?.([1]);
  await Promise.all(both);
  expect([list.items(), list.busy()]).toEqual([[2], false]);
});

it('keeps what it has when the next page does not come, and says why', async () => {
  let fails = false;
  const list = new PagedList<number>(() =>
    fails ? Promise.reject(ChatrError.local('network_error', '')) : Promise.resolve({ items: [1], nextCursor: 'b' }),
  );
  await list.reload();
  fails = true;
  await list.more();
  expect(list.items()).toEqual([1]);
  expect(list.problem()).toContain('cannot be reached');
});
