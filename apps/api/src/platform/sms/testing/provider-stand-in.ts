import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A text message as a provider would have taken it. */
export interface TakenMessage {
  to: string;
  text: string;
  sender: string;
}

/** How the next request is answered in place of being taken. */
export type Trouble = 'throttled' | 'broken' | 'refused' | 'silent';

export interface StandIn {
  url: string;
  /** What was asked rightly, in the provider's own format and signature, and taken. */
  taken: TakenMessage[];
  /** What was wrong with requests. Stays empty when an adapter speaks as it should. */
  complaints: string[];
  /** Answers for the next requests, in order. */
  troubles: Trouble[];
  /** How many requests there were. */
  requests(): number;
  close(): Promise<void>;
}

export interface StandInAnswer {
  status: number;
  type: string;
  body: string;
}

/** What a provider's stand-in knows of its provider. */
export interface Manners {
  /** Reads a request. @throws Error that says what is wrong with it */
  read(request: IncomingMessage, body: string): TakenMessage;
  accepted(): StandInAnswer;
  /** How the provider complains about a number; like the real ones, it repeats it. */
  trouble(trouble: Exclude<Trouble, 'silent'>, message: TakenMessage): StandInAnswer;
  unauthorised(): StandInAnswer;
}

/** An HTTP server on this machine that stands in for a provider of text messages. */
export async function startStandIn(manners: Manners): Promise<StandIn> {
  const taken: TakenMessage[] = [];
  const complaints: string[] = [];
  const troubles: Trouble[] = [];
  let requests = 0;
  const answerTo = (request: IncomingMessage, body: string): StandInAnswer | undefined => {
    try {
      const message = manners.read(request, body);
      const trouble = troubles.shift();
      if (trouble === 'silent') return undefined;
      if (trouble !== undefined) return manners.trouble(trouble, message);
      taken.push(message);
      return manners.accepted();
    } catch (error) {
      complaints.push(String(error));
      return manners.unauthorised();
    }
  };
  const server = createServer((request, response) => {
    requests++;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answerTo(request, Buffer.concat(chunks).toString());
      if (answer === undefined) return;
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, taken, complaints, troubles, requests: () => requests, close: () => closed(server) };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
