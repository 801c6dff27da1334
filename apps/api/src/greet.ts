import type { DemoLogins } from './demo/index.js';
import type { Config } from './platform/index.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Tells whoever started the server where it is, and what it stands on. */
export function greet(config: Config, demo: DemoLogins | undefined): void {
  const lines = [`Chatr is at ${config.publicUrl}`, `API documentation: ${config.publicUrl}/api/docs`];
  if (config.databaseUrl === undefined) lines.push(`Data is kept in ${config.dataDir}`);
  if (config.smtpUrl === undefined)
    lines.push(
      `${config.sms === undefined ? 'Mail and text messages are' : 'Mail is'} kept in the development mailbox: ${config.publicUrl}/api/dev/mailbox`,
    );
  if (config.smtpUrl !== undefined && config.sms === undefined && !config.production)
    lines.push(`Text messages are kept in the development mailbox: ${config.publicUrl}/api/dev/mailbox`);
  if (config.smtpUrl === undefined && !LOOPBACK.has(config.host))
    lines.push(`Careful: whoever reaches ${config.host} can read that mailbox, and with it every code. Set SMTP_URL.`);
  if (demo !== undefined)
    lines.push(
      `Demo company: log in as ${demo.administrator} (administrator) or ${demo.colleague}, password ${demo.password}`,
    );
  lines.push(mode(config));
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
}

function mode({ redis, workers }: Config): string {
  if (redis === undefined)
    return 'One server without Redis: presence, rate limits and broadcast are this process’ own.';
  const here = workers === 1 ? 'One process' : `${workers} processes`;
  return `${here} here; with Redis, which carries presence, rate limits and broadcast between all that serve this database.`;
}
