import { Agent, request } from 'node:http';

/** As many as a browser keeps to one server. */
const CONNECTIONS = 6;

/** Asks a server over connections that stay open. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  constructor(private readonly port: number) {}

  /** @returns the parsed body @throws Error with the answer when it is none of success */
  get<T>(path: string, token: string): Promise<T> {
    const options = { host: '127.0.0.1', port: this.port, path, agent: this.agent };
    return new Promise((resolve, reject) => {
      const asking = request({ ...options, headers: { authorization: `Bearer ${token}` } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () => {
          const body = Buffer.concat(parts).toString();
          if (response.statusCode === 200) resolve(JSON.parse(body) as T);
          else reject(new Error(`${path} was answered with ${response.statusCode ?? 0}: ${body}`));
        });
      });
      asking.once('error', reject);
      asking.end();
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
