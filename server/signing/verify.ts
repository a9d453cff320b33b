import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ALGORITHM, type Authorization, parseAuthorization } from './authorization.ts';
import { canonicalRequest, type HeaderValues, headerValues, isNormalPath, sha256 } from './canonical.ts';
import type { Credentials } from './credentials.ts';
import { checkDate, signingDate } from './date.ts';
import type { Identity } from './identity.ts';
import { invalid, quoted, Refusal } from './refusal.ts';
import { hmac, SigningKeys } from './signingKeys.ts';

const SERVICE = 'amplifybackend';
const ONCE = ['authorization', 'host', 'x-amz-date', 'date', 'x-amz-content-sha256', 'x-amz-security-token'];
const MAX_HEAD = 64 * 1024; // characters of URL and headers

/** A request as it came in, before anything was decoded, decompressed or rewritten. */
export interface SignedRequest extends SignedHead {
  readonly body: Buffer | undefined;
}

export interface SignedHead {
  readonly method: string;
  /** Path and query. */
  readonly rawUrl: string;
  /** Node's `rawHeaders`: name, value, name, value. */
  readonly headers: readonly string[];
}

export interface VerifierOptions {
  readonly credentials: Credentials;
  /** In ms. */
  readonly clock: () => number;
  /** The only region that requests may be signed for; any unless told. */
  readonly region?: string;
}

/** Verifies AWS Signature Version 4 by the header Authorization. */
export class Verifier {
  readonly #credentials: Credentials;
  readonly #clock: () => number;
  readonly #region: string | undefined;
  readonly #keys = new SigningKeys(SERVICE);
  /** Stands in for the secret of an unknown key, which is then as much work as a known one. */
  readonly #decoy = randomBytes(32).toString('base64');

  constructor({ credentials, clock, region }: VerifierOptions) {
    this.#credentials = credentials;
    this.#clock = clock;
    this.#region = region;
  }

  /** Throws a `Refusal` if the request is not signed, or not as it should be. */
  verify({ body, ...head }: SignedRequest): Identity {
    return this.verifyHead(head)(body);
  }

  /** Does what can be done before the body is read, and answers what does the rest. Both throw a `Refusal`. */
  verifyHead({ method, rawUrl, headers: rawHeaders }: SignedHead): (body: Buffer | undefined) => Identity {
    const headers = boundedHeaders(rawUrl, rawHeaders);
    const authorization = parseAuthorization(authorizationOf(headers, rawUrl));
    const { signedHeaders } = authorization;
    checkSignedHeaders(signedHeaders, headers);
    const date = signingDate(only(headers, 'x-amz-date'), only(headers, 'date'));
    this.#checkScope(authorization, date);
    checkDate(date, this.#clock());
    const { path, query } = splitUrl(rawUrl);
    return (body) => {
      const bodyHash = checkBody(body, only(headers, 'x-amz-content-sha256'));
      const canonical = canonicalRequest({ method, path, query, headers, signedHeaders, bodyHash });
      return this.#identify(authorization, date, canonical, only(headers, 'x-amz-security-token') ?? '');
    };
  }

  #identify({ accessKeyId, day, region, signature }: Authorization, date: string, canonical: string, token: string) {
    const known = this.#credentials.get(accessKeyId);
    const key = this.#keys.get(known?.accessKeyId ?? '', known?.secretAccessKey ?? this.#decoy, day, region);
    const scope = `${day}/${region}/${SERVICE}/aws4_request`;
    const expected = hmac(key, [ALGORITHM, date, scope, sha256(canonical)].join('\n'));
    const matches = equalHex(expected, signature);
    const tokenMatches = equalText(token, known?.sessionToken ?? '');
    if (known === undefined) throw unrecognized();
    if (!matches) {
      throw invalid(
        'The request signature we calculated does not match the signature you provided. ' +
          'Check your AWS Secret Access Key and signing method.',
      );
    }
    if (!tokenMatches) throw unrecognized();
    return { accessKeyId, appIds: known.appIds };
  }

  #checkScope({ day, region, service }: Authorization, date: string): void {
    if (service !== SERVICE) throw invalid(`Credential should be scoped to correct service: '${SERVICE}'.`);
    if (this.#region !== undefined && region !== this.#region) {
      throw invalid(`Credential should be scoped to a valid region, not ${quoted(region)}.`);
    }
    if (day !== date.slice(0, 8)) {
      throw invalid(
        `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ${quoted(day)} != '${date.slice(0, 8)}'.`,
      );
    }
  }
}

const unrecognized = () =>
  new Refusal('UnrecognizedClientException', 'The security token included in the request is invalid.');

function boundedHeaders(rawUrl: string, rawHeaders: readonly string[]): HeaderValues {
  const length = rawHeaders.reduce((sum, part) => sum + part.length, rawUrl.length);
  if (length > MAX_HEAD) throw invalid(`The URL and the headers are larger than ${MAX_HEAD} bytes.`);
  const headers = headerValues(rawHeaders);
  // Readers of a repeated one differ in whether the first or the last counts.
  for (const name of ONCE) only(headers, name);
  return headers;
}

function authorizationOf(headers: HeaderValues, rawUrl: string): string {
  const authorization = only(headers, 'authorization');
  if (authorization) return authorization;
  // A presigned URL lets in whoever sees it, be it in a log, and no SDK presigns this service.
  const presigned = /[?&]x-amz-(?:signature|algorithm|credential)=/i.test(rawUrl);
  const how = presigned ? ': presigned URLs are not accepted, sign by the header Authorization' : '';
  throw new Refusal('MissingAuthenticationTokenException', `Missing Authentication Token${how}`);
}

/** The value of a header that may be there once. */
function only(headers: HeaderValues, name: string): string | undefined {
  const values = headers.get(name) ?? [];
  if (values.length > 1) throw invalid(`The request has the header '${name}' more than once.`);
  return values[0];
}

function checkSignedHeaders(signedHeaders: readonly string[], headers: HeaderValues): void {
  const signed = new Set(signedHeaders);
  if (!signed.has('host')) {
    throw invalid("'Host' or ':authority' must be a 'signed' header in the AWS Authorization.");
  }
  for (const name of headers.keys()) {
    if (name.startsWith('x-amz-') && !signed.has(name)) {
      throw invalid(`${quoted(name)} must be a 'signed' header in the AWS Authorization.`);
    }
  }
  const absent = signedHeaders.find((name) => !headers.has(name));
  if (absent !== undefined) throw invalid(`The signed header ${quoted(absent)} is not in the request.`);
}

function splitUrl(rawUrl: string): { readonly path: string; readonly query: string } {
  // A fragment is cut off by some readers of URLs and is part of the query to others.
  if (!/^\/[!-~]*$/.test(rawUrl) || rawUrl.includes('#')) {
    throw invalid('The URL of a signed request must be an absolute path in ASCII, everything else percent-encoded.');
  }
  const at = rawUrl.indexOf('?');
  const path = at < 0 ? rawUrl : rawUrl.slice(0, at);
  // Signers normalise the path and send it as it was. To sign what is normalised and dispatch what is on the wire would
  // let `/.` at its end turn a request for one operation into one for another, so neither is done.
  if (!isNormalPath(path)) throw invalid("The path of a signed request can't have empty, '.' or '..' segments.");
  return { path, query: at < 0 ? '' : rawUrl.slice(at + 1) };
}

/** The hash of the body. Throws unless it is the one that the request says, where it says one. */
function checkBody(body: Buffer | undefined, given: string | undefined): string {
  const hash = sha256(body ?? '');
  if (given === undefined || given === hash) return hash;
  if (/^[0-9a-f]{64}$/.test(given)) throw invalid("The header 'x-amz-content-sha256' is not the hash of the body.");
  throw invalid("The body must be signed: the header 'x-amz-content-sha256' must be its SHA-256 hash.");
}

/** In a time that does not depend on where they differ. */
function equalHex(expected: Buffer, given: string): boolean {
  const wellFormed = /^[0-9a-f]{64}$/.test(given);
  return (
    timingSafeEqual(expected, wellFormed ? Buffer.from(given, 'hex') : Buffer.alloc(expected.length)) && wellFormed
  );
}

/** In a time that depends on neither the texts nor on their lengths being the same. */
const equalText = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
