import type { Command } from 'commander';
import type { ExitCode } from './exitCodes.ts';
import { addFlags } from './flags.ts';
import { SERVE } from './serveFlags.ts';

const AFTER = `
Variables without a flag:
  SECRETS_KEY    seals the secrets of social providers in the database (AES-256-GCM); by default a key file beside the
                 database does. Of several keys, separated by commas, the first seals and the others only open.
  METRICS_TOKEN  lets other machines read /metrics

Credentials for Cognito come from the default chain of the AWS SDK. The address goes to standard output, the log to
standard error: as JSON lines, or readable in a terminal.

Exit codes: 0 stopped by SIGTERM or Ctrl-C, 1 could not start, 2 wrong usage.

Example: amplify-backend-auth serve --demo --port 4000 --database :memory:`;

export function addServe(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('serve')
    .summary('serve the API on this machine')
    .description("Serves Amplify Backend's authentication control plane on this machine.")
    .addHelpText('after', AFTER)
    .allowExcessArguments(false);
  addFlags(command, SERVE).action(async () => {
    const { serve } = await import('./startServing.ts');
    done(await serve(command));
  });
}
