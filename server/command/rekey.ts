import type { Command } from 'commander';
import type { ExitCode } from './exitCodes.ts';
import { addFlags } from './flags.ts';
import { DATABASE } from './serveFlags.ts';

const SUMMARY = 'seal the stored secrets with the first key in SECRETS_KEY';

const AFTER = `
Opens the database itself, so no server needs to run. With SQLite, stop the server first. With PostgreSQL the instances may
keep running if each of them has both keys.

To replace a key: set SECRETS_KEY to NEW,OLD (to NEW,"$(cat DB.key)" if there was a key file), restart the server, run this
command, then set SECRETS_KEY to NEW. With several instances, first restart all of them with OLD,NEW, so that each
can open what the others seal.

Exit codes: 0 done, 1 refused, 2 wrong usage.

Example: SECRETS_KEY="$NEW,$OLD" amplify-backend-auth state rekey --database postgres://backend@db/backend`;

export function addRekey(state: Command, done: (code: ExitCode) => void): void {
  const command = state
    .command('rekey')
    .summary(SUMMARY)
    .description(`Seals the stored secrets with the first key in SECRETS_KEY. Afterwards that key is enough.`)
    .addHelpText('after', AFTER)
    .allowExcessArguments(false);
  addFlags(command, DATABASE).action(async () => {
    const { rekeyStored } = await import('./rekeyStored.ts');
    done(await rekeyStored(command));
  });
}
