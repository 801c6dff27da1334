import { Injectable } from '@nestjs/common';
import { OwnDataParts } from '../../platform/index.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** What is kept of a person's passkeys. */
@Injectable()
export class PasskeysOwnData {
  constructor(
    parts: OwnDataParts,
    private readonly rows: PasskeysRepository,
  ) {
    parts.exported({
      file: 'passkeys.json',
      describes: 'The passkeys with which you sign in.',
      entries: (userId) => this.exported(userId),
    });
    parts.deleted({ erase: (userId, manager) => this.rows.removeAll(userId, manager) });
  }

  private async *exported(userId: string): AsyncGenerator<object> {
    for (const { id, name, createdAt, lastUsedAt, synced } of await this.rows.ofUser(userId)) {
      yield { id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null, synced };
    }
  }
}
