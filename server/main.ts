import { pino } from 'pino';
import { type Config, helpText, readConfig, UsageError } from './config.ts';
import { curlLine, makeDemo } from './demo.ts';
import { type RunningServer, startServer } from './server.ts';
import { StoreError } from './store/store.ts';

process.exitCode = await main();

/** Answers the exit code; while the server runs, that is the one it will end with. */
async function main(): Promise<number> {
  let config: Config | 'help';
  try {
    config = readConfig(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
  if (config === 'help') {
    console.log(helpText());
    return 0;
  }
  const log = await logger(config.logLevel);
  let server: RunningServer;
  try {
    server = await startServer({ ...config, log });
  } catch (error) {
    console.error(startFailure(error, config));
    return 1;
  }
  stopOnSignal(server);
  if (config.demo) await makeDemo(server.services);
  console.log(banner(server.url, config));
  return 0;
}

/** JSON lines on standard error; readable ones where that is a terminal. */
async function logger(level: string) {
  if (!process.stderr.isTTY) return pino({ level }, pino.destination({ fd: 2, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino({ level }, pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }));
}

function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  const stop = (): void => {
    // A second Ctrl-C means now. What is left undone is run again at the next start.
    if (stopping) process.exit(1);
    stopping = true;
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function startFailure(error: unknown, { port, host }: Config): string {
  if (error instanceof StoreError) return error.message;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken on ${host}. Choose another one with --port, or 0 for any that is free.`;
    case 'EACCES':
      return `Port ${port} may not be used on ${host}. Choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${host}. Choose another one with --host.`;
    default:
      throw error;
  }
}

function banner(url: string, config: Config): string {
  const lines = [
    `Amplify Backend's authentication control plane is ready.`,
    `  API    ${url}/prod  (as documented)  ${url}  (for the AWS SDKs and CLI)`,
    `  Docs   ${url}/docs`,
  ];
  if (config.demo) lines.push('', 'Try an update:', '', curlLine(url));
  return `${lines.join('\n')}\n`;
}
