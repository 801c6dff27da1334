import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What a provider of tests remembers: everything, until it ends. Its own memory says at each start that it is for tests. */
export function providerMemory(): (model: string) => Adapter {
  const rows = new Map<string, AdapterPayload>();
  return (model) => {
    const key = (id: string): string => `${model}:${id}`;
    const by = (name: 'uid' | 'userCode', value: string): Promise<AdapterPayload | undefined> =>
      Promise.resolve([...rows].find(([at, row]) => at.startsWith(`${model}:`) && row[name] === value)?.[1]);
    return {
      upsert: (id, payload) => done(rows.set(key(id), payload)),
      find: (id) => Promise.resolve(rows.get(key(id))),
      findByUid: (uid) => by('uid', uid),
      findByUserCode: (code) => by('userCode', code),
      destroy: (id) => done(rows.delete(key(id))),
      consume: (id) => done(Object.assign(rows.get(key(id)) ?? {}, { consumed: Math.floor(Date.now() / 1000) })),
      revokeByGrantId: (grantId) => {
        for (const [at, row] of rows) if (row.grantId === grantId) rows.delete(at);
        return Promise.resolve();
      },
    };
  };
}

function done(_change: unknown): Promise<void> {
  return Promise.resolve();
}
