import { randomBytes } from 'node:crypto';
import { Secrets } from '../auth/secrets.ts';
import { addSetting, findSetting } from '../store/settings.ts';
import { isPostgres, type Store, StoreError } from '../store/store.ts';
import { createKeyFile, readKeyFile } from './keyFile.ts';

const KEY_CHECK = 'secrets_key_check';
const CHECK_TEXT = 'amplify-backend-auth';

/**
 * Opens the secrets of a database. Without keys, a SQLite database has a key file beside it, created at the first start,
 * and a database in memory has a key that is lost with it. Throws a `StoreError` if the database was created with other keys.
 *
 * @param keys The first one seals; the others only open.
 */
export async function openSecrets(store: Store, database: string, keys: readonly string[]): Promise<Secrets> {
  const file = `${database}.key`;
  const isNew = (await findSetting(store.db, KEY_CHECK)) === undefined;
  const [first = await ownKey(database, file, isNew), ...others] = keys;
  const secrets = new Secrets(first, ...others);
  // The first instance to start decides which key the others must have.
  if (isNew) await store.write((transaction) => addSetting(transaction, KEY_CHECK, secrets.seal(CHECK_TEXT)));
  if (opens(secrets, (await findSetting(store.db, KEY_CHECK)) ?? '')) return secrets;
  const remedy = keys.length === 0 ? `Restore the ${file} that belongs to it` : 'Set the key that it was created with';
  throw new StoreError(
    `The secrets in ${nameOf(database)} are encrypted with another key. ${remedy}, or use another database.`,
  );
}

async function ownKey(database: string, file: string, isNew: boolean): Promise<string | Buffer> {
  if (database === ':memory:') return randomBytes(32);
  const key = await readKeyFile(file);
  if (key !== undefined) return key;
  if (isNew) return createKeyFile(file);
  throw new StoreError(
    `The key file ${file} is missing. Restore it: the secrets in ${database} are encrypted with it.`,
  );
}

/** The URL of a database may contain a password. */
const nameOf = (database: string): string => (isPostgres(database) ? new URL(database).pathname.slice(1) : database);

function opens(secrets: Secrets, sealed: string): boolean {
  try {
    return secrets.open(sealed) === CHECK_TEXT;
  } catch {
    return false;
  }
}
