import { DemoRefusedError, fillWithDemo } from './fill-demo.js';

describe('filling a database with the demonstration', () => {
  it('is refused in production, before anything is touched', async () => {
    const config = { production: true, passwordRounds: 10 };
    // Nothing listens there: whoever tried to connect would get another error.
    const filling = fillWithDemo({ config, url: 'postgres://127.0.0.1:1/none', entities: [] });
    await expect(filling).rejects.toThrow(DemoRefusedError);
  });
});
