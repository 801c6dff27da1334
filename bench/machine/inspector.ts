import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 100;
const POLL_MS = 50;

interface Reply {
  id?: number;
  result?: unknown;
  error?: { message: string };
}

/** Looks into a running Node program through its own debugger's door, which is closed until it is asked for. */
export class Inspector {
  private nextId = 1;
  private readonly waiting = new Map<number, (reply: Reply) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      const reply = JSON.parse(String(data)) as Reply;
      this.waiting.get(reply.id ?? 0)?.(reply);
      this.waiting.delete(reply.id ?? 0);
    });
  }

  /** @param port that the program was given by `--inspect-port` */
  static async open(pid: number, port: number): Promise<Inspector> {
    process.kill(pid, 'SIGUSR1');
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
      const [target] = answer === undefined ? [] : ((await answer.json()) as { webSocketDebuggerUrl: string }[]);
      if (target !== undefined) return new Inspector(await connected(target.webSocketDebuggerUrl));
      await sleep(POLL_MS);
    }
    throw new Error('The server does not let us look inside.');
  }

  async collectGarbage(): Promise<void> {
    await this.call('HeapProfiler.collectGarbage');
  }

  async startProfile(): Promise<void> {
    await this.call('Profiler.enable');
    await this.call('Profiler.setSamplingInterval', { interval: 200 });
    await this.call('Profiler.start');
  }

  /** @returns a `.cpuprofile`, as browsers' tools and speedscope read it */
  async stopProfile(): Promise<unknown> {
    const { profile } = (await this.call('Profiler.stop')) as { profile: unknown };
    return profile;
  }

  close(): void {
    this.socket.close();
  }

  private call(method: string, params: object = {}): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${error.message}`));
      });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

function connected(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => resolve(socket));
    socket.addEventListener('error', () => reject(new Error(`nothing answers at ${url}`)));
  });
}
