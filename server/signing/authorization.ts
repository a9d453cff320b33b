import { incomplete, invalid, quoted } from './refusal.ts';

export const ALGORITHM = 'AWS4-HMAC-SHA256';
const TERMINATOR = 'aws4_request';

const MAX_LENGTH = 8192; // characters
const MAX_SIGNED_HEADERS = 100;

/** The parameters of the Authorization header. */
export interface Authorization {
  readonly accessKeyId: string;
  /** The day of the scope, such as `20150830`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** In lower case, sorted, each once. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits, if the request is signed at all. */
  readonly signature: string;
}

/** Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; the sentences are AWS's where it has one. */
export function parseAuthorization(header: string): Authorization {
  if (header.length > MAX_LENGTH) throw incomplete(`Authorization header is longer than ${MAX_LENGTH} characters.`);
  const [, algorithm, rest = ''] = /^(\S+)(?:[ \t]+(.*))?$/s.exec(header) ?? [];
  if (algorithm !== ALGORITHM) throw incomplete(`Authorization header requires the algorithm ${ALGORITHM}.`);

  const parameters = new Map<string, string>();
  for (const parameter of rest.split(',')) {
    const [, name, value = ''] = /^[ \t]*(Credential|SignedHeaders|Signature)=([^\s=]*)[ \t]*$/.exec(parameter) ?? [];
    if (name === undefined) {
      throw incomplete('Authorization header must be made of Credential=…, SignedHeaders=… and Signature=… alone.');
    }
    if (parameters.has(name)) throw incomplete(`Authorization header has the parameter '${name}' twice.`);
    parameters.set(name, value);
  }
  const required = ['Credential', 'SignedHeaders', 'Signature'] as const;
  const missing = required.filter((name) => !parameters.get(name));
  if (missing.length > 0) {
    throw incomplete(missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' '));
  }
  const [credential = '', signedHeaders = '', signature = ''] = required.map((name) => parameters.get(name));
  return { ...parseCredential(credential), signedHeaders: parseSignedHeaders(signedHeaders), signature };
}

/** The access key that a header names, whether or not it is signed as it should be; '' if it names none. */
export const accessKeyIn = (header = ''): string => /Credential=([^/,\s]{1,128})/.exec(header)?.[1] ?? '';

function parseCredential(credential: string) {
  const parts = credential.split('/');
  const [accessKeyId = '', day = '', region = '', service = '', terminator = ''] = parts;
  if (parts.length !== 5) {
    throw incomplete(
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request.',
    );
  }
  if (terminator !== TERMINATOR) {
    throw invalid(`Credential should be scoped with a valid terminator: '${TERMINATOR}', not ${quoted(terminator)}.`);
  }
  // It becomes part of a key of the cache.
  if (!/^[a-z0-9-]{1,32}$/.test(region)) {
    throw invalid(`Credential should be scoped to a valid region, not ${quoted(region)}.`);
  }
  return { accessKeyId, day, region, service };
}

function parseSignedHeaders(text: string): readonly string[] {
  const names = text.split(';');
  if (names.length > MAX_SIGNED_HEADERS) throw invalid(`No more than ${MAX_SIGNED_HEADERS} headers can be signed.`);
  const inOrder = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  if (!inOrder || !names.every((name) => /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))) {
    throw invalid('SignedHeaders must be names in lower case, sorted, each once, with semicolons between them.');
  }
  return names;
}
