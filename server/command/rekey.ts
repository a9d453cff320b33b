import type { Command } from 'commander';
import { rekey } from '../compose/rekey.ts';
import { StoreError } from '../store/store.ts';
import { DATABASE, database, secretsKeys } from './config.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { addFlags, reader, UsageError } from './flags.ts';
import { logger } from './log.ts';

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
  addFlags(command, DATABASE).action(async () => done(await run(command)));
}

async function run(command: Command): Promise<ExitCode> {
  const keys = secretsKeys(process.env.SECRETS_KEY);
  if (keys === undefined) throw new UsageError('SECRETS_KEY must be set: the new key, a comma, and the old one.');
  const given = reader(command, DATABASE).read('database');
  try {
    const rows = await rekey({ database: database(given, keys), secretsKey: keys }, await logger('error'));
    console.log(`Sealed the secrets in ${rows} ${rows === 1 ? 'row' : 'rows'} with the first key.`);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.error(error.message);
    return EXIT.refused;
  }
}
