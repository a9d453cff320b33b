import { createHash, timingSafeEqual } from 'node:crypto';
import { ALGORITHM, type Authorization, parseAuthorization } from './authorization.ts';
import { canonicalRequest, type HeaderValues, headerValues, isNormalPath, sha256 } from './canonical.ts';
import type { Credential, Credentials } from './credentials.ts';
import { checkDate, signingDate } from './date.ts';
import type { Identity } from './identity.ts';
import { invalid, quoted, Refusal } from './refusal.ts';
import { hmac, SigningKeys } from './signingKeys.ts';

const SERVICE = 'amplifybackend';
const ONCE = ['authorization', 'host', 'x-amz-date', 'date', 'x-amz-content-sha256', 'x-amz-security-token'];
const MAX_HEAD = 64 * 1024; // characters of URL and headers

/** A request as it was received, before anything was decoded, decompressed or rewritten. */
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
  /** Returns milliseconds since 1970-01-01 UTC. */
  readonly clock: () => number;
  /** The only region that requests may be signed for. @default any region */
  readonly region?: string;
}

/** A request whose head is in order. */
export interface VerifiedHead {
  /** The key that the request names. Only `verify` tells whether its owner signed it. */
  readonly key: Identity;
  /** Checks the body, and returns who signed the request. Throws a `Refusal`. */
  readonly verify: (body: Buffer | undefined) => Identity;
}

/** Verifies AWS Signature Version 4 in the Authorization header. */
export class Verifier {
  readonly #credentials: Credentials;
  readonly #clock: () => number;
  readonly #region: string | undefined;
  readonly #keys = new SigningKeys(SERVICE);

  constructor({ credentials, clock, region }: VerifierOptions) {
    this.#credentials = credentials;
    this.#clock = clock;
    this.#region = region;
  }

  /** Throws a `Refusal` unless the request is signed as it should be. */
  verify({ body, ...head }: SignedRequest): Identity {
    return this.verifyHead(head).verify(body);
  }

  /**
   * Checks everything that does not need the body; throws a `Refusal`. That includes the signature if the request says what
   * the hash of its body is, as the AWS SDK for JavaScript does.
   */
  verifyHead({ method, rawUrl, headers: rawHeaders }: SignedHead): VerifiedHead {
    const headers = boundedHeaders(rawUrl, rawHeaders);
    const authorization = parseAuthorization(authorizationOf(headers, rawUrl));
    const { signedHeaders } = authorization;
    checkSignedHeaders(signedHeaders, headers);
    const date = signingDate(only(headers, 'x-amz-date'), only(headers, 'date'));
    this.#checkScope(authorization, date);
    checkDate(date, this.#clock());
    const { path, query } = splitUrl(rawUrl);
    const key = this.#credentials.get(authorization.accessKeyId);
    if (key === undefined) throw unrecognized();
    const identity = { accessKeyId: key.accessKeyId, appIds: key.appIds };
    const token = only(headers, 'x-amz-security-token') ?? '';
    const checkSignature = (bodyHash: string): void => {
      const canonical = canonicalRequest({ method, path, query, headers, signedHeaders, bodyHash });
      this.#checkSignature(key, authorization, date, canonical, token);
    };
    const given = bodyHashOf(headers);
    if (given !== undefined) checkSignature(given);
    const verify = (body: Buffer | undefined): Identity => {
      const hash = sha256(body ?? '');
      if (given === undefined) checkSignature(hash);
      else if (given !== hash) throw invalid("The header 'x-amz-content-sha256' is not the hash of the body.");
      return identity;
    };
    return { key: identity, verify };
  }

  #checkSignature(
    { accessKeyId, secretAccessKey, sessionToken = '' }: Credential,
    { day, region, signature }: Authorization,
    date: string,
    canonical: string,
    token: string,
  ): void {
    const key = this.#keys.get(accessKeyId, secretAccessKey, day, region);
    const scope = `${day}/${region}/${SERVICE}/aws4_request`;
    const expected = hmac(key, [ALGORITHM, date, scope, sha256(canonical)].join('\n'));
    const tokenMatches = equalText(token, sessionToken);
    if (!equalHex(expected, signature)) {
      throw invalid(
        'The request signature we calculated does not match the signature you provided. ' +
          'Check your AWS Secret Access Key and signing method.',
      );
    }
    if (!tokenMatches) throw unrecognized();
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

/** The hash of the body, where the request says what it is. */
function bodyHashOf(headers: HeaderValues): string | undefined {
  const given = only(headers, 'x-amz-content-sha256');
  if (given === undefined || /^[0-9a-f]{64}$/.test(given)) return given;
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
