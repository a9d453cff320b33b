import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Logger } from 'pino';
import { curlLine } from '../compose/demo.ts';
import { type RunningServer, startServer } from '../compose/server.ts';
import { local } from '../provisioners/local.ts';
import type { Provisioner } from '../provisioners/provisioner.ts';
import { type Credentials, CredentialsError, readCredentials } from '../signing/credentials.ts';
import { StoreError } from '../store/store.ts';
import { addServeFlags, type Config, readConfig } from './config.ts';
import { confirmed } from './confirm.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { logger } from './log.ts';

const AFTER = `
SECRETS_KEY, a variable only, seals the secrets of social providers in the database (AES-256-GCM); without it a key file
beside the database does. METRICS_TOKEN, a variable only, lets other machines read /metrics. Credentials for Cognito come
from the AWS SDK's default chain.

Where it listens is printed to standard output, the log (JSON lines, readable in a terminal) to standard error.

Exit codes: 0 stopped by SIGTERM or Ctrl-C, 1 could not start, 2 wrong usage.

Example: amplify-backend-auth serve --demo --port 4000 --database :memory:`;

export function addServe(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('serve')
    .summary('serve the API on this machine')
    .description("Serves Amplify Backend's authentication control plane on this machine.")
    .addHelpText('after', AFTER)
    .allowExcessArguments(false);
  addServeFlags(command).action(async () => done(await serve(readConfig(command, process.env))));
}

/** Answers the exit code; while the server runs, that is the one it will end with. */
async function serve(config: Config): Promise<ExitCode> {
  if (!(await mayTouchAccount(config))) {
    console.error('Nothing was done.');
    return EXIT.refused;
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
    return EXIT.refused;
  }
  stopOnSignal(server, config.drainTimeout);
  console.log(banner(server.url, config));
  return EXIT.done;
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
  const { cognito } = await import('../provisioners/cognito/cognito.ts');
  return cognito(config.cognito);
}

/** The demo makes a user pool without being asked for one; in a real account that is asked first. */
async function mayTouchAccount({ demo, provisioner, cognito, yes }: Config): Promise<boolean> {
  if (!demo || yes || provisioner !== 'cognito' || cognito.endpoint !== undefined) return true;
  return confirmed(
    `This creates a user pool in your AWS account, in ${cognito.region}.`,
    'Say --yes to let it, or --cognito-endpoint URL for an emulator.',
  );
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
    `  API      ${url}/prod  (as documented)  ${url}  (for the AWS SDKs and CLI)`,
    `  Docs     ${url}/docs`,
    `  Console  ${url}/console/`,
  ];
  if (config.admin) lines.push(`  Admin    ${url}/admin/docs`);
  if (config.demo) lines.push('', 'Try an update:', '', curlLine(url));
  return `${lines.join('\n')}\n`;
}
