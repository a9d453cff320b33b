/**
 * The signing half of AWS Signature Version 4 ("Create a signed request" in the IAM user guide), for every service but S3:
 * just what a client of one service sends, in a third of what a general signer takes up in a bundle.
 */

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Scope {
  readonly region: string;
  readonly service: string;
  /** In ms since 1970-01-01 UTC. */
  readonly time: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
// Headers that `fetch` or a proxy may change. The AWS SDKs leave out the same.
const UNSIGNED =
  /^(cache-control|connection|expect|from|keep-alive|max-forwards|pragma|proxy-.*|referer|sec-.*|te|trailer|transfer-encoding|upgrade|user-agent|x-amzn-trace-id)$/;

/** The headers of a request with those added that sign it. Equal to what the AWS SDKs make of the same request. */
export async function signHeaders(
  { method, url, headers: given }: Pick<Request, 'method' | 'url' | 'headers'>,
  body: ArrayBuffer,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  { region, service, time }: Scope,
): Promise<Headers> {
  const { host, pathname, search } = new URL(url);
  const date = new Date(time).toISOString().replace(/[:-]|\..{3}/g, '');
  const scope = [date.slice(0, 8), region, service, 'aws4_request'];
  const bodyHash = hex(await crypto.subtle.digest('SHA-256', body));

  const headers = new Headers(given);
  for (const name of ['authorization', 'date']) headers.delete(name);
  headers.set('host', host);
  headers.set('x-amz-content-sha256', bodyHash);
  headers.set('x-amz-date', date);
  if (sessionToken) headers.set('x-amz-security-token', sessionToken);

  // Sorted and trimmed by what Headers are.
  const signed = [...headers].filter(([name]) => !UNSIGNED.test(name));
  headers.delete('host'); // for fetch to set
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    method,
    // The path is escaped a second time: `%2F` is signed as `%252F`.
    pathname.replace(/\/+/g, '/').replace(/[^\w.~/-]/g, percent),
    canonicalQuery(search.slice(1)),
    ...signed.map(([name, value]) => `${name}:${value.replace(/[ \t]+/g, ' ')}`),
    '',
    names,
    bodyHash,
  ].join('\n');

  let key: BufferSource = bytes(`AWS4${secretAccessKey}`);
  for (const part of scope) key = await hmac(key, part);
  const canonicalHash = hex(await crypto.subtle.digest('SHA-256', bytes(canonical)));
  const signature = hex(await hmac(key, [ALGORITHM, date, scope.join('/'), canonicalHash].join('\n')));
  headers.set(
    'authorization',
    `${ALGORITHM} Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`,
  );
  return headers;
}

/** Escaped in one way, and sorted by name, then by value: the space, which sorts before all else, stands for the `=`. */
const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return `${recoded(name)} ${recoded(value.join('='))}`;
    })
    .sort()
    .join('&')
    .replaceAll(' ', '=');

/** Byte by byte, since what is escaped need not be UTF-8. A plus is a space. */
const recoded = (text: string): string =>
  text.replace(/%[\da-f]{2}|[^\w.~-]/gi, (found) => {
    if (found === '+') return '%20';
    const character = found[1] ? String.fromCharCode(Number(`0x${found.slice(1)}`)) : found;
    return character.replace(/[^\w.~-]/g, percent);
  });

/** Of one character below 256. */
const percent = (character: string): string => `%${hex([character.charCodeAt(0)]).toUpperCase()}`;

const bytes = (text: string) => new TextEncoder().encode(text);

const hex = (data: ArrayBuffer | number[]): string =>
  [...new Uint8Array(data)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function hmac(key: BufferSource, text: string): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return crypto.subtle.sign('HMAC', imported, bytes(text));
}
