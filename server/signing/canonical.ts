import { createHash } from 'node:crypto';

/** Headers by their names in lower case, with their values in the order they came in. */
export type HeaderValues = ReadonlyMap<string, readonly string[]>;

/** The canonical request: the bytes to sign, which both sides derive by themselves ("Create a signed request", steps 1 and 2). */
export interface Canonical {
  readonly method: string;
  /** As received: not decoded. */
  readonly path: string;
  readonly query: string;
  readonly headers: HeaderValues;
  readonly signedHeaders: readonly string[];
  readonly bodyHash: string;
}

export function canonicalRequest({ method, path, query, headers, signedHeaders, bodyHash }: Canonical): string {
  const lines = signedHeaders.map((name) => `${name}:${(headers.get(name) ?? []).map(folded).join(',')}\n`);
  return [method, encodedPath(path), canonicalQuery(query), lines.join(''), signedHeaders.join(';'), bodyHash].join(
    '\n',
  );
}

/** Hexadecimal, in lower case. */
export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** Gathers Node's raw headers: name, value, name, value. */
export function headerValues(rawHeaders: readonly string[]): HeaderValues {
  const values = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return values;
}

/** Whether the path has none of the segments that normalising removes: `.`, `..` and empty ones before the last. */
export const isNormalPath = (path: string): boolean =>
  path
    .slice(1)
    .split('/')
    .every((segment, index, { length }) => !['.', '..'].includes(segment) && (segment !== '' || index === length - 1));

/** Every service but S3 encodes the path once more than it is on the wire: `%2F` is signed as `%252F`. */
const encodedPath = (path: string): string => path.replaceAll(/[^A-Za-z0-9\-._~/]/g, percent);

/** Encodes names and values in the one way that AWS knows, and sorts by name, then by value. */
export function canonicalQuery(query: string): string {
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [recoded(pair), ''] : [recoded(pair.slice(0, at)), recoded(pair.slice(at + 1))];
    });
  pairs.sort(([name = '', value = ''], [otherName = '', otherValue = '']) =>
    name === otherName ? compare(value, otherValue) : compare(name, otherName),
  );
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

/** By code unit, as the signers do, not by locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Byte by byte, since what is escaped need not be UTF-8. A plus is a space, as it is to whoever reads the query. */
const recoded = (text: string): string =>
  text.replaceAll(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~]/g, (found) => {
    if (found === '+') return '%20';
    const character = found.length === 3 ? String.fromCharCode(Number.parseInt(found.slice(1), 16)) : found;
    return /^[A-Za-z0-9\-._~]$/.test(character) ? character : percent(character);
  });

/** Of one character below 256. */
const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

const folded = (value: string): string => value.replaceAll(/[ \t\r\n]+/g, ' ').replaceAll(/^ | $/g, '');
