import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Logger } from 'pino';
import { curlLine } from '../compose/demo.ts';
import { type RunningServer, startServer } from '../compose/server.ts';
import { local } from '../provisioners/local.ts';
import type { Provisioner } from '../provisioners/provisioner.ts';
import { type Credentials, CredentialsError, readCredentials } from '../signing/credentials.ts';
import { StoreError } from '../store/store.ts';
import { type Config, readConfig } from './config.ts';
import { confirmed } from './confirm.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { logger } from './log.ts';

/** For giving jobs back to the database, once the drain timeout is over. */
const GRACE = 1_000; // ms

/** Returns the exit code as soon as the server runs; a signal ends the process later. Throws a `UsageError`. */
export async function serve(command: Command): Promise<ExitCode> {
  const config = readConfig(command, process.env);
  if (!(await mayTouchAccount(config))) {
    console.error('Nothing was done.');
    return EXIT.refused;
  }
  const log = await logger(config.logLevel);
  let server: RunningServer;
  try {
    const credentials = await credentialsOf(config.credentialsFile, log);
    server = await startServer({ ...config.server, log, provisioner: await provisionerOf(config), credentials });
  } catch (error) {
    console.error(startFailure(error, config.server));
    return EXIT.refused;
  }
  stopOnSignal(server, config.drainTimeout, log);
  console.log(banner(server.url, config.server));
  return EXIT.done;
}

async function credentialsOf(file: string | undefined, log: Logger): Promise<Credentials | undefined> {
  if (file === undefined) return undefined;
  const { credentials, warnings } = await readCredentials(file);
  for (const warning of warnings) log.warn(warning);
  return credentials;
}

/** Loads the AWS SDK only if it is used. */
async function provisionerOf(config: Config): Promise<Provisioner> {
  if (config.provisioner === 'local') return local(randomUUID);
  const { cognito } = await import('../provisioners/cognito/cognito.ts');
  return cognito(config.cognito);
}

/** The demo creates a user pool unasked. In a real account, the user has to agree first. */
async function mayTouchAccount({ server: { demo }, provisioner, cognito, yes }: Config): Promise<boolean> {
  if (!demo || yes || provisioner !== 'cognito' || cognito.endpoint !== undefined) return true;
  return confirmed(
    `This creates a user pool in your AWS account, in ${cognito.region}.`,
    'Add --yes to agree, or --cognito-endpoint URL to use an emulator.',
  );
}

/** Ends the process with 0 in any case: what could not be finished in time runs again at the next start. */
function stopOnSignal(server: RunningServer, drainTimeout: number, log: Logger): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1); // a second Ctrl-C
    stopping = true;
    setTimeout(() => process.exit(0), drainTimeout + GRACE);
    server
      .stop(drainTimeout)
      .catch((error: unknown) => log.error({ err: error }, 'the server could not stop cleanly'))
      .finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function startFailure(error: unknown, { port, host }: Config['server']): string {
  if (error instanceof StoreError || error instanceof CredentialsError) return error.message;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use. Choose another one with --port; 0 takes a free one.`;
    case 'EACCES':
      return `Port ${port} on ${host} needs privileges. Choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${host}. Choose another one with --host.`;
    default:
      throw error;
  }
}

function banner(url: string, { admin, demo }: Config['server']): string {
  const lines = [
    `Amplify Backend's authentication control plane is ready.`,
    `  API      ${url}/prod  (as documented)  ${url}  (for the AWS SDKs and CLI)`,
    `  Docs     ${url}/docs`,
    `  Console  ${url}/console/`,
  ];
  if (admin) lines.push(`  Admin    ${url}/admin/docs`);
  if (demo) lines.push('', 'Try an update:', '', curlLine(url));
  return `${lines.join('\n')}\n`;
}
