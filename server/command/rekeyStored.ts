import type { Command } from 'commander';
import { rekey } from '../compose/rekey.ts';
import { StoreError } from '../store/store.ts';
import { database, secretsKeys } from './config.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';
import { reader, UsageError } from './flags.ts';
import { logger } from './log.ts';
import { DATABASE } from './serveFlags.ts';

/** Seals what the database holds. Throws a `UsageError`. */
export async function rekeyStored(command: Command): Promise<ExitCode> {
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
