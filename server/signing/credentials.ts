import { open } from 'node:fs/promises';
import { platform } from 'node:os';

/** A key that requests may be signed with. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  /** The only apps that the key may touch; all where this is undefined. */
  readonly appIds: ReadonlySet<string> | undefined;
}

/** By access key id. */
export type Credentials = ReadonlyMap<string, Credential>;

/** A mistake in a file of credentials: one sentence that says where. It repeats nothing of the file, which is secret. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}

const MAX_SIZE = 1024 * 1024; // bytes
/** AWS's own are 40 characters long. */
const SHORT_SECRET = 24;

const SETTINGS = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'app_ids'] as const;
type Setting = (typeof SETTINGS)[number];
/** Settings of a profile that are for clients. Others are refused: a misspelt `app_ids` would open every app. */
const IGNORED = ['region', 'output'];

export interface CredentialsFile {
  readonly credentials: Credentials;
  /** Sentences for the person who starts the server. */
  readonly warnings: readonly string[];
}

/** Reads a file in the format of ~/.aws/credentials, with `app_ids = d1, d2` besides. Throws a `CredentialsError`. */
export async function readCredentials(file: string): Promise<CredentialsFile> {
  const { text, mode } = await read(file);
  const { credentials, warnings } = parseCredentials(text, file);
  // Not refused, as ssh would: secrets mounted into a container are often readable by its group.
  if (platform() === 'win32' || (mode & 0o077) === 0) return { credentials, warnings };
  const permissions = (mode & 0o777).toString(8).padStart(3, '0');
  const shared = `${file} can be read or changed by other users of this machine (mode ${permissions})`;
  return { credentials, warnings: [`${shared}; chmod 600 makes it its owner's alone.`, ...warnings] };
}

async function read(file: string): Promise<{ readonly text: string; readonly mode: number }> {
  try {
    await using handle = await open(file, 'r');
    const stats = await handle.stat();
    if (!stats.isFile() && !stats.isFIFO()) throw new CredentialsError(`${file} is not a file of credentials.`);
    if (stats.size > MAX_SIZE) throw new CredentialsError(`${file} is larger than the limit of ${MAX_SIZE} bytes.`);
    return { text: await handle.readFile('utf8'), mode: stats.mode };
  } catch (error) {
    if (error instanceof CredentialsError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CredentialsError(
      code === 'ENOENT' ? `The file of credentials ${file} does not exist.` : `${file} can't be read: ${message}.`,
    );
  }
}

interface Profile {
  readonly line: number;
  readonly settings: Map<Setting, { readonly value: string; readonly line: number }>;
}

/** `file` is for the sentences only. Throws a `CredentialsError`. */
export function parseCredentials(text: string, file: string): CredentialsFile {
  const mistake = (line: number, what: string) => new CredentialsError(`${file}:${line}: ${what}`);
  const credentials = new Map<string, Credential>();
  const lines = new Map<string, number>();
  const warnings: string[] = [];
  for (const { line, settings } of profiles(text, mistake)) {
    const id = settings.get('aws_access_key_id');
    const secret = settings.get('aws_secret_access_key');
    const token = settings.get('aws_session_token');
    const apps = settings.get('app_ids');
    if (id === undefined) throw mistake(line, 'this profile has no aws_access_key_id.');
    if (secret === undefined) throw mistake(line, 'this profile has no aws_secret_access_key.');
    if (!/^[\w-]{1,128}$/.test(id.value)) {
      throw mistake(id.line, 'aws_access_key_id must be made of letters, digits, _ and -, at most 128 of them.');
    }
    for (const [name, setting] of Object.entries({ aws_secret_access_key: secret, aws_session_token: token })) {
      if (setting !== undefined && !/^[!-~]+$/.test(setting.value)) {
        throw mistake(setting.line, `${name} must have a value, in ASCII and without spaces.`);
      }
    }
    const other = lines.get(id.value);
    if (other !== undefined) throw mistake(id.line, `this aws_access_key_id is the one of line ${other} already.`);
    if (secret.value.length < SHORT_SECRET) {
      warnings.push(
        `${file}:${secret.line}: a secret of fewer than ${SHORT_SECRET} characters can be guessed from one request that ` +
          'is overheard; openssl rand -base64 30 makes a better one.',
      );
    }
    lines.set(id.value, id.line);
    credentials.set(id.value, {
      accessKeyId: id.value,
      secretAccessKey: secret.value,
      sessionToken: token?.value,
      appIds: apps && appIds(apps.value, () => mistake(apps.line, 'app_ids must be ids with commas between them.')),
    });
  }
  if (credentials.size === 0) throw new CredentialsError(`${file} has no profile with an access key.`);
  return { credentials, warnings };
}

function appIds(value: string, mistake: () => CredentialsError): ReadonlySet<string> {
  const ids = value.split(',').map((id) => id.trim());
  if (ids.some((id) => !/^[!-~]+$/.test(id))) throw mistake();
  return new Set(ids);
}

function profiles(text: string, mistake: (line: number, what: string) => CredentialsError): Profile[] {
  const found: Profile[] = [];
  const names = new Map<string, number>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    // As AWS's SDK for JavaScript reads it: a comment starts the line or follows a space.
    const content = (raw.split(/(?:^|\s)[;#]/, 1)[0] ?? '').trim();
    if (content === '') continue;
    const name = /^\[\s*([^[\]]*?)\s*\]$/.exec(content)?.[1];
    if (name !== undefined) {
      if (name === '') throw mistake(line, 'this profile has no name.');
      const other = names.get(name);
      if (other !== undefined) throw mistake(line, `this profile has the name of the one in line ${other}.`);
      names.set(name, line);
      found.push({ line, settings: new Map() });
      continue;
    }
    const at = content.indexOf('=');
    if (at < 0) throw mistake(line, 'this is neither [profile] nor name = value.');
    const profile = found.at(-1);
    if (profile === undefined)
      throw mistake(line, 'this setting belongs to no profile: a line such as [default] comes first.');
    const setting = content.slice(0, at).trim().toLowerCase();
    if (IGNORED.includes(setting)) continue;
    if (!isSetting(setting)) throw mistake(line, `this setting is not known; there are ${SETTINGS.join(', ')}.`);
    const before = profile.settings.get(setting);
    if (before !== undefined) throw mistake(line, `${setting} was set in line ${before.line} already.`);
    profile.settings.set(setting, { value: content.slice(at + 1).trim(), line });
  }
  return found;
}

const isSetting = (name: string): name is Setting => (SETTINGS as readonly string[]).includes(name);
