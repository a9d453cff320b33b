import type { Command } from 'commander';
import type { Credentials } from '../../client/sigv4.ts';
import { addFlags, type Flags, reader, UsageError, url } from './flags.ts';

const FLAGS = {
  url: {
    variable: 'BACKEND_AUTH_URL',
    value: 'URL',
    default: 'http://127.0.0.1:3000',
    text: 'the server, without /prod or with it',
  },
  region: { variable: 'AWS_REGION', value: 'REGION', default: 'us-east-1', text: 'region to sign for' },
  credentials: {
    value: 'FILE',
    text: "key to sign with, in the format of AWS's credentials file; its first one, unless --access-key-id says which",
  },
  'access-key-id': { variable: 'AWS_ACCESS_KEY_ID', value: 'ID', text: 'which key of --credentials to sign with' },
} as const satisfies Flags;

export const SIGNING = `
Requests are signed with the key of --credentials, or of AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.
Where there is none they are not signed, which a server without credentials takes.`;

/** Where to send requests, and how. */
export interface Connection {
  readonly baseUrl: string;
  readonly fetch: (request: Request) => Promise<Response>;
}

export const addConnectionFlags = (command: Command): Command => addFlags(command, FLAGS);

/** Throws a `UsageError`. */
export async function connectionOf(command: Command, env: NodeJS.ProcessEnv): Promise<Connection> {
  const { read } = reader(command, FLAGS);
  const baseUrl = url(read('url')) ?? FLAGS.url.default;
  const file = read('credentials').value;
  const id = read('access-key-id');
  const credentials = file === '' ? fromEnvironment(id.value, env) : await fromFile(file, id);
  const region = read('region').value;
  const send = (request: Request) => globalThis.fetch(request);
  if (credentials === undefined) return { baseUrl, fetch: send };
  const { signing } = await import('../../client/sigv4.ts');
  return { baseUrl, fetch: signing(send, { credentials, region }) };
}

function fromEnvironment(accessKeyId: string, env: NodeJS.ProcessEnv): Credentials | undefined {
  const { AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
  if (accessKeyId === '' && !secretAccessKey) return undefined;
  if (accessKeyId === '' || !secretAccessKey) {
    const missing = accessKeyId === '' ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY';
    throw new UsageError(`To sign requests, ${missing} must be set too; without either they are not signed.`);
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

async function fromFile(file: string, id: { readonly value: string; readonly source: string }): Promise<Credentials> {
  const { CredentialsError, readCredentials } = await import('../signing/credentials.ts');
  try {
    const { credentials } = await readCredentials(file);
    const [first] = credentials.values();
    const key = id.source === '--access-key-id' && id.value !== '' ? credentials.get(id.value) : first;
    if (key === undefined) throw new UsageError(`${file} has no key ${JSON.stringify(id.value)}.`);
    const { accessKeyId, secretAccessKey, sessionToken } = key;
    return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  } catch (error) {
    if (error instanceof CredentialsError) throw new UsageError(error.message);
    throw error;
  }
}
