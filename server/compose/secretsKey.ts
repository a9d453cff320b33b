import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Secrets } from '../auth/secrets.ts';
import { addSetting, findSetting } from '../store/settings.ts';
import { isPostgres, type Store, StoreError } from '../store/store.ts';

const CHECK = 'secrets_key_check';
const CHECK_TEXT = 'amplify-backend-auth';

/**
 * Opens what seals the secrets in this database. Without a key of the operator's there is one in a file beside the
 * database, made at the first start and readable by its owner alone; a database in memory gets one that dies with it.
 * Throws a `StoreError` if the database's secrets were sealed with another key.
 */
export async function openSecrets(store: Store, database: string, given: string | undefined): Promise<Secrets> {
  const file = `${database}.key`;
  const key = given ?? (database === ':memory:' ? randomBytes(32) : await keyFile(file));
  const secrets = new Secrets(key);
  // The first to start writes what the others' keys are held against.
  await store.write((transaction) => addSetting(transaction, CHECK, secrets.seal(CHECK_TEXT)));
  if (!opens(secrets, (await findSetting(store.db, CHECK)) ?? '')) {
    const mend =
      given === undefined ? `Put back the ${file} that it was made with` : 'Start with the one it was made with';
    throw new StoreError(
      `The secrets in ${nameOf(database)} were encrypted with another key. ${mend}, or use another database.`,
    );
  }
  return secrets;
}

/** Without the password of a url. */
const nameOf = (database: string): string => (isPostgres(database) ? new URL(database).pathname.slice(1) : database);

function opens(secrets: Secrets, sealed: string): boolean {
  try {
    return secrets.open(sealed) === CHECK_TEXT;
  } catch {
    return false;
  }
}

async function keyFile(file: string): Promise<string> {
  try {
    const key = randomBytes(32).toString('base64');
    await writeFile(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new StoreError(`The key file ${file} can't be written: ${(error as Error).message}.`);
    }
  }
  const key = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (key.length < 32)
    throw new StoreError(`The key file ${file} can't be read, or holds no key. Put back the right one.`);
  return key;
}
