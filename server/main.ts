import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Config, helpText, readConfig, UsageError } from './config.ts';
import { curlLine, makeDemo } from './demo.ts';
import { logger } from './log.ts';
import { local } from './provisioners/local.ts';
import type { Provisioner } from './provisioners/provisioner.ts';
import { type RunningServer, startServer } from './server.ts';
import { type Credentials, CredentialsError, readCredentials } from './signing/credentials.ts';
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
  if (!(await mayTouchAccount(config))) {
    console.error('Nothing was done.');
    return 1;
  }
  const log = await logger(config.logLevel);
  let server: RunningServer;
  try {
    const { secretsKey, metricsToken, rateLimit, credentialsFile, ...rest } = config;
    const credentials = await credentialsOf(credentialsFile, log);
    const provisioner = await provisionerOf(config);
    server = await startServer({
      ...rest,
      log,
      provisioner,
      ...(secretsKey !== undefined && { secretsKey }),
      ...(metricsToken !== undefined && { metricsToken }),
      ...(rateLimit !== undefined && { rateLimit }),
      ...(credentials !== undefined && { credentials }),
    });
  } catch (error) {
    console.error(startFailure(error, config));
    return 1;
  }
  stopOnSignal(server, config.drainTimeout);
  if (config.demo) await makeDemo(server.services);
  console.log(banner(server.url, config));
  return 0;
}

async function credentialsOf(file: string | undefined, log: Logger): Promise<Credentials | undefined> {
  if (file === undefined) return undefined;
  const { credentials, warnings } = await readCredentials(file);
  for (const warning of warnings) log.warn(warning);
  return credentials;
}

/** The AWS SDK is loaded only where it is used. */
async function provisionerOf(config: Config): Promise<Provisioner> {
  if (config.provisioner === 'local') return local(randomUUID);
  const { cognito } = await import('./provisioners/cognito/cognito.ts');
  return cognito(config.cognito);
}

/** The demo makes a user pool without being asked for one; in a real account that is asked first. */
async function mayTouchAccount({ demo, provisioner, cognito, yes }: Config): Promise<boolean> {
  if (!demo || yes || provisioner !== 'cognito' || cognito.endpoint !== undefined) return true;
  const question = `This creates a user pool in your AWS account, in ${cognito.region}.`;
  if (!process.stdin.isTTY) {
    console.error(`${question} Say --yes to let it, or --cognito-endpoint URL for an emulator.`);
    return false;
  }
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} Go on? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function stopOnSignal(server: RunningServer, drainTimeout: number): void {
  let stopping = false;
  const stop = (): void => {
    // A second Ctrl-C means now. What is left undone is run again at the next start.
    if (stopping) process.exit(1);
    stopping = true;
    server.stop(drainTimeout).then(
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
  if (error instanceof StoreError || error instanceof CredentialsError) return error.message;
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
