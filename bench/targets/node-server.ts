import getPort from 'get-port';
import { SERVER_CORE } from '../machine/cores.js';
import { Program } from '../machine/program.js';

export interface NodeServer {
  program: Program;
  port: number;
  inspectPort: number;
}

/** Starts a server that Node runs, on the core of the server under test. */
export async function startNodeServer(
  name: string,
  script: string,
  env: Record<string, string>,
  isReady: (port: number) => Promise<boolean>,
): Promise<NodeServer> {
  const [port, inspectPort] = [await getPort(), await getPort()];
  const args = [`--inspect-port=127.0.0.1:${inspectPort}`, script];
  const program = Program.start(name, process.execPath, args, {
    core: SERVER_CORE,
    env: { ...env, PORT: String(port), NODE_ENV: 'development' },
  });
  await program.ready(() => isReady(port));
  return { program, port, inspectPort };
}
