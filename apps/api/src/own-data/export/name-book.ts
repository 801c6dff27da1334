import type { UsersService } from '../../users/index.js';

const CAPACITY = 5_000;

/** Who people are, looked up once each for as long as they are few. */
export class NameBook {
  private readonly names = new Map<string, string>();

  constructor(private readonly users: UsersService) {}

  async of(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const unknown = [...new Set(ids)].filter((id) => !this.names.has(id));
    if (unknown.length > 0) {
      if (this.names.size + unknown.length > CAPACITY) this.names.clear();
      for (const [id, { displayName }] of await this.users.byIds(unknown)) this.names.set(id, displayName);
    }
    return this.names;
  }
}
