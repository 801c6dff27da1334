import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Manners, TakenMessage } from './provider-stand-in.js';

/** What the stand-in takes for an identity. */
export const AWS_IDENTITY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
export const AWS_REGION = 'eu-central-1';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;
const ERRORS = {
  throttled: { status: 400, code: 'Throttling' },
  broken: { status: 500, code: 'InternalError' },
  refused: { status: 400, code: 'InvalidParameter' },
} as const;

/** Amazon SNS' "Publish" in the query protocol, signed with Signature Version 4. */
export const SNS: Manners = {
  read(request, body): TakenMessage {
    if (request.method !== 'POST' || request.url !== '/') throw new Error(`${request.method} ${request.url}`);
    checkSignature(request, body);
    const form = new URLSearchParams(body);
    if (form.get('Action') !== 'Publish' || form.get('Version') !== '2010-03-31') throw new Error('not a Publish');
    if (form.has('TopicArn') || form.has('TargetArn')) throw new Error('a message to more than one phone');
    const attributes = attributesOf(form);
    if (attributes.get('AWS.SNS.SMS.SMSType') !== 'Transactional') throw new Error('not transactional');
    const sender = attributes.get('AWS.SNS.SMS.SenderID') ?? '';
    return { to: form.get('PhoneNumber') ?? '', text: form.get('Message') ?? '', sender };
  },
  accepted: () =>
    xml(
      200,
      `<PublishResponse xmlns="${NAMESPACE}"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>`,
    ),
  trouble: (trouble, { to }) =>
    error(ERRORS[trouble].status, ERRORS[trouble].code, `Invalid parameter: PhoneNumber ${to}`),
  unauthorised: () => error(403, 'SignatureDoesNotMatch', 'The signature does not match'),
};

function attributesOf(form: URLSearchParams): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let index = 1; ; index++) {
    const entry = `MessageAttributes.entry.${index}`;
    const name = form.get(`${entry}.Name`);
    if (name === null) return attributes;
    if (form.get(`${entry}.Value.DataType`) !== 'String') throw new Error(`the attribute ${name} is not a text`);
    attributes.set(name, form.get(`${entry}.Value.StringValue`) ?? '');
  }
}

/** Computes the signature anew from what arrived, as AWS documents it ("Create a signed AWS API request"). */
function checkSignature(request: IncomingMessage, body: string): void {
  const match = AUTHORIZATION.exec(request.headers.authorization ?? '');
  if (match === null) throw new Error('no signature of version 4');
  const [, keyId, day = '', region = '', service = '', signedHeaders = '', signature] = match;
  const time = String(request.headers['x-amz-date']);
  if (keyId !== AWS_IDENTITY.accessKeyId || region !== AWS_REGION || service !== 'sns' || !time.startsWith(day)) {
    throw new Error('signed for something else');
  }
  const names = signedHeaders.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date')) throw new Error('host or time are not signed');
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}\n`).join('');
  const canonical = ['POST', '/', '', headers, signedHeaders, sha256(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<Buffer>(
    (before, part) => hmac(before, part),
    Buffer.from(`AWS4${AWS_IDENTITY.secretAccessKey}`),
  );
  if (hmac(key, toSign).toString('hex') !== signature) throw new Error('the signature is wrong');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function error(status: number, code: string, message: string): { status: number; type: string; body: string } {
  return xml(
    status,
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, body: string): { status: number; type: string; body: string } {
  return { status, type: 'text/xml', body };
}
