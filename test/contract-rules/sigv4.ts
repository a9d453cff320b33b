import { createHash, createHmac } from 'node:crypto';
import { CouldNotRun } from '../../pipeline/contract/couldNotRun.ts';
import type { Sign } from '../../pipeline/contract/wire/sender.ts';

export interface Signing {
  readonly region: string;
  readonly service: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/** The AWS tools' own variables. */
export function signingFrom(env: NodeJS.ProcessEnv, region: string, service: string): Signing {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  if (!accessKeyId || !secretAccessKey) {
    throw new CouldNotRun('--sign needs the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
  }
  return { region, service, accessKeyId, secretAccessKey, sessionToken };
}

interface ToSign {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

/** Signs each request anew. */
export const signWith =
  (signing: Signing): Sign =>
  (request, url) =>
    signatureOf({ ...request, url }, signing, new Date());

/** The headers that AWS Signature Version 4 adds to a request. */
export function signatureOf(request: ToSign, signing: Signing, now: Date): Record<string, string> {
  const time = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${signing.region}/${signing.service}/aws4_request`;
  const added: Record<string, string> = {
    'x-amz-date': time,
    ...(signing.sessionToken !== undefined && { 'x-amz-security-token': signing.sessionToken }),
  };
  const headers = Object.entries({ ...request.headers, ...added, host: request.url.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replaceAll(/ +/g, ' ')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const names = headers.map(([name]) => name).join(';');
  const query = [...request.url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    request.url.pathname.split('/').map(encode).join('/'),
    query,
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(request.body ?? ''),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  let key: string | Buffer = `AWS4${signing.secretAccessKey}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${signing.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...added, authorization };
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
