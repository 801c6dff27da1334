import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
/** The credential may be, and is, on several devices. */
const SYNCED = 0x08 | 0x10;
const HOLDS_CREDENTIAL = 0x40;

/** What may be wrong with an answer. Unless told, nothing is. */
export interface Flaws {
  origin?: string;
  rpId?: string;
  userVerified?: boolean;
  counter?: number;
  userHandle?: string;
}

interface Options {
  challenge: string;
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const text = (bytes: Buffer): string => bytes.toString('base64url');

/** CBOR of byte and text strings below 64 KiB, which is all that is needed of it; lengths in their shortest form, as WebAuthn asks. */
function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
const bytesOf = (bytes: Buffer): Buffer => Buffer.concat([head(2, bytes.length), bytes]);
const textOf = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)]);

/** An authenticator in software with one ES256 credential: bound to one device, or synced, which never counts. */
export class Authenticator {
  readonly id = text(randomBytes(32));
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private counter = 0;

  constructor(
    private readonly origin: string,
    private readonly userHandle: string,
    private readonly synced = false,
  ) {}

  /** As `navigator.credentials.create` answers. */
  create(options: Options, flaws: Flaws = {}): object {
    const rawId = Buffer.from(this.id, 'base64url');
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' });
    // A COSE key: kty EC2, alg ES256, crv P-256, x, y.
    const key = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytesOf(Buffer.from(x, 'base64url')),
      Buffer.from([0x22]),
      bytesOf(Buffer.from(y, 'base64url')),
    ]);
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, rawId.length]), rawId, key]);
    const authData = Buffer.concat([this.authenticatorData(HOLDS_CREDENTIAL, flaws), credential]);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      textOf('fmt'),
      textOf('none'),
      textOf('attStmt'),
      Buffer.from([0xa0]),
      textOf('authData'),
      bytesOf(authData),
    ]);
    const response = {
      clientDataJSON: text(this.clientData('webauthn.create', options, flaws)),
      attestationObject: text(attestationObject),
      transports: ['internal'],
    };
    return this.answer(response);
  }

  /** As `navigator.credentials.get` answers. */
  get(options: Options, flaws: Flaws = {}): object {
    if (!this.synced) this.counter += 1;
    const authenticatorData = this.authenticatorData(0, flaws);
    const clientData = this.clientData('webauthn.get', options, flaws);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), this.keys.privateKey);
    return this.answer({
      clientDataJSON: text(clientData),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: flaws.userHandle ?? this.userHandle,
    });
  }

  private answer(response: object): object {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  private authenticatorData(flags: number, { rpId, userVerified = true, counter }: Flaws): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.counter);
    const all = flags | USER_PRESENT | (userVerified ? USER_VERIFIED : 0) | (this.synced ? SYNCED : 0);
    return Buffer.concat([sha256(rpId ?? new URL(this.origin).hostname), Buffer.from([all]), count]);
  }

  private clientData(type: string, { challenge }: Options, { origin = this.origin }: Flaws): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
}
