import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/index.js';

interface BoxKey {
  /** Tells by which key a box was sealed; says nothing about the key. */
  id: Buffer;
  key: Buffer;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
export const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps secrets that the server has to read again: AES-256-GCM under keys derived from ENCRYPTION_KEY. A box is bound to its owner, so
 * that one copied into somebody else's row does not open. The first configured key seals, all open.
 *
 * A box is the key's id (4 bytes), the nonce (12), what was sealed, and the tag (16).
 */
@Injectable()
export class SecretBox {
  private readonly keys: readonly BoxKey[];

  constructor(config: Config) {
    this.keys = config.encryptionKeys.map((secret) => {
      const key = Buffer.from(hkdfSync('sha256', secret, '', 'chatr:secret-box', KEY_BYTES));
      const id = createHash('sha256').update('chatr:key-id').update(key).digest().subarray(0, KEY_ID_BYTES);
      return { id, key };
    });
  }

  /** The id that boxes sealed today begin with. */
  get presentKeyId(): Buffer {
    return this.present().id;
  }

  /** @param ownerId whose secret it is */
  seal(secret: Uint8Array, ownerId: string): Buffer {
    const { id, key } = this.present();
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(ownerId));
    return Buffer.concat([id, nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when the box was changed, is somebody else's, or was sealed with a key that is no longer configured */
  open(box: Buffer, ownerId: string): Buffer {
    const id = box.subarray(0, KEY_ID_BYTES);
    const found = this.keys.find((key) => key.id.equals(id));
    if (found === undefined)
      throw new Error('a stored secret was sealed with a key that ENCRYPTION_KEY no longer holds');
    const nonce = box.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, found.key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(ownerId))
      .setAuthTag(box.subarray(box.length - TAG_BYTES));
    const sealed = box.subarray(KEY_ID_BYTES + NONCE_BYTES, box.length - TAG_BYTES);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  }

  private present(): BoxKey {
    const [key] = this.keys;
    if (key === undefined) throw new Error('no encryption key is configured');
    return key;
  }
}
