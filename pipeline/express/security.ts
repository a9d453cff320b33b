import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { identifierOf } from '../document/identifiers.ts';
import type { Operation } from '../document/operations.ts';
import { schemaOf } from '../document/schemas.ts';
import type { Document, SecurityRequirement, SecurityScheme } from '../document/types.ts';
import { HttpError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { splitUrl } from './url.ts';

/** The request, as a security handler sees it: nothing of it has been validated yet. */
export interface SecurityRequest {
  readonly id: string;
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: IncomingMessage;
  /** The operation's id. */
  readonly operation: string;
  /** The scopes that the operation asks of the scheme. */
  readonly scopes: readonly string[];
}

/** The credential of HTTP basic authentication. */
export interface BasicCredential {
  readonly username: string;
  readonly password: string;
}

/**
 * Answers the principal that a credential belongs to, or throws: anything for a 401, an `HttpError(403, …)` for
 * somebody known who may not do this.
 */
export type SecurityHandler<Credential = string, Principal = unknown> = (
  credential: Credential,
  request: SecurityRequest,
) => Promise<Principal> | Principal;

/** A function for each security scheme of the document, by the name of the scheme made a safe identifier. */
export type SecurityHandlers = Readonly<Record<string, SecurityHandler<never>>>;

/** Checks an operation's security requirements before the request is validated. */
export function security(document: Document, handlers: SecurityHandlers, report: (sentence: string) => void) {
  const told = new Set<string>();
  const handlerOf = (scheme: string): SecurityHandler<never> | undefined => {
    const name = identifierOf(scheme);
    const handler = handlers[name] ?? handlers[scheme];
    if (handler === undefined && !told.has(scheme)) {
      told.add(scheme);
      report(`There is no security handler ${name}; the scheme ${JSON.stringify(scheme)} refuses everybody.`);
    }
    return handler;
  };
  const ways = new Map<Operation, readonly Way[]>();
  const waysOf = (operation: Operation): readonly Way[] => {
    const known = ways.get(operation) ?? waysIn(document, operation);
    ways.set(operation, known);
    return known;
  };
  return async (exchange: Exchange, operation: Operation): Promise<void> => {
    const asked = new Map<string, Promise<unknown>>();
    /** Undefined where a credential is missing, or nobody looks at it. */
    const answerOf = ({ scheme, known, scopes, key }: Proof): Promise<unknown> | undefined => {
      const credential = credentialOf(exchange.request, known);
      // Where a proxy ends TLS, its headers have the certificate: the handler knows which ones to trust.
      if (credential === undefined && known?.type !== 'mutualTLS') return undefined;
      const before = asked.get(key);
      const handler = before === undefined ? handlerOf(scheme) : undefined;
      if (handler === undefined) return before;
      const answer = answerTo(() => handler(credential as never, seen(exchange, operation, scopes)));
      asked.set(key, answer);
      return answer;
    };
    const refused: unknown[] = [];
    for (const way of waysOf(operation)) {
      try {
        const principal = await principalOf(way, answerOf);
        if (principal !== undefined) {
          exchange.principal = principal;
          return;
        }
        refused.push(MISSING);
      } catch (error) {
        refused.push(error);
      }
    }
    throw refusalOf(document, operation.security, refused);
  };
}

/** A scheme that a way to be let in asks for. */
interface Proof {
  readonly scheme: string;
  readonly known: SecurityScheme | undefined;
  readonly scopes: readonly string[];
  /** The same for the same question. */
  readonly key: string;
}

type Way = readonly Proof[];

/** Where nothing has to be proven, a credential is still read: it says who somebody is. */
function waysIn(document: Document, { security: alternatives }: Operation): readonly Way[] {
  const inOrder = [...alternatives].sort((a, b) => Number(isOpen(a)) - Number(isOpen(b)));
  return inOrder.map((requirement) =>
    Object.entries(requirement).map(([scheme, scopes = []]) => ({
      scheme,
      known: schemeOf(document, scheme),
      scopes,
      key: JSON.stringify([scheme, scopes]),
    })),
  );
}

/** The answers of a way's schemes, by name; undefined where one of them can't be asked. */
async function principalOf(
  way: Way,
  answerOf: (proof: Proof) => Promise<unknown> | undefined,
): Promise<Record<string, unknown> | undefined> {
  const principal: Record<string, unknown> = {};
  for (const proof of way) {
    const answer = answerOf(proof);
    if (answer === undefined) return undefined;
    principal[identifierOf(proof.scheme)] = await answer;
  }
  return principal;
}

/** A handler may throw before it returns. */
async function answerTo(ask: () => unknown): Promise<unknown> {
  return await ask();
}

/** No credential was sent, or nobody looks at it. Not an error: to trace where it was made took most of a request's check. */
const MISSING = Symbol('missing');

const isOpen = (requirement: SecurityRequirement): boolean => Object.keys(requirement).length === 0;

const schemeOf = (document: Document, name: string): SecurityScheme | undefined =>
  schemaOf(document, document.components?.securitySchemes?.[name]) as unknown as SecurityScheme;

const seen = ({ id, request }: Exchange, operation: Operation, scopes: readonly string[]): SecurityRequest => ({
  id,
  method: operation.method,
  url: request.originalUrl,
  headers: request.headers,
  raw: request,
  operation: operation.id,
  scopes,
});

function credentialOf(request: Exchange['request'], scheme: SecurityScheme | undefined): unknown {
  const { authorization } = request.headers;
  switch (scheme?.type) {
    case 'apiKey':
      return keyOf(request, scheme);
    case 'http': {
      const token = afterWord(authorization, scheme.scheme ?? '');
      return token !== undefined && scheme.scheme?.toLowerCase() === 'basic' ? basicOf(token) : token;
    }
    case 'oauth2':
    case 'openIdConnect':
      return afterWord(authorization, 'bearer');
    case 'mutualTLS': {
      const socket = request.socket as Partial<TLSSocket>;
      return socket.authorized === true ? socket.getPeerCertificate?.() : undefined;
    }
    default:
      return undefined;
  }
}

function keyOf(
  { headers, originalUrl }: Exchange['request'],
  { in: place, name = '' }: SecurityScheme,
): string | undefined {
  if (place === 'header') {
    const key = name.toLowerCase();
    const sent = Object.hasOwn(headers, key) ? headers[key] : undefined;
    return Array.isArray(sent) ? sent[0] : sent || undefined;
  }
  if (place === 'query') return new URLSearchParams(splitUrl(originalUrl)[1]).get(name) || undefined;
  return cookieOf(headers.cookie ?? '', name);
}

function cookieOf(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at < 0 || pair.slice(0, at).trim() !== name) continue;
    const value = pair
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    try {
      return decodeURIComponent(value) || undefined;
    } catch {
      return value;
    }
  }
  return undefined;
}

/** The rest of `Authorization: Bearer abc`. The scheme's name is the same in any case (RFC 9110, 11.1). */
function afterWord(header: string | undefined, word: string): string | undefined {
  const [, scheme, rest] = /^(\S+) +(.+)$/.exec(header?.trim() ?? '') ?? [];
  return scheme?.toLowerCase() === word.toLowerCase() ? rest : undefined;
}

function basicOf(token: string): BasicCredential | undefined {
  const text = Buffer.from(token, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? undefined : { username: text.slice(0, at), password: text.slice(at + 1) };
}

/** The 403 of somebody who is known, where there was one; else 401, with the ways to be let in. */
function refusalOf(
  document: Document,
  alternatives: readonly SecurityRequirement[],
  refused: readonly unknown[],
): unknown {
  const own = refused.filter(
    (error) => error instanceof Error && 'status' in error && typeof error.status === 'number',
  );
  const forbidden = own.find((error) => (error as unknown as HttpError).status !== 401);
  if (forbidden !== undefined) return forbidden;
  const schemes = new Set(alternatives.flatMap((requirement) => Object.keys(requirement)));
  const challenges = [...new Set([...schemes].flatMap((name) => challengeOf(schemeOf(document, name), name)))];
  const wasSent = refused.some((one) => one !== MISSING);
  const said = own[0] as HttpError | undefined;
  const message = said?.message ?? (wasSent ? 'The credentials are not valid.' : 'The request needs credentials.');
  const headers: Record<string, string> = challenges.length > 0 ? { 'WWW-Authenticate': challenges.join(', ') } : {};
  return new HttpError(401, message, said?.members ?? {}, { ...headers, ...said?.headers });
}

/** A 401 has to name a scheme (RFC 9110, 15.5.2). */
function challengeOf(scheme: SecurityScheme | undefined, name: string): string[] {
  const realm = `realm="${name.replaceAll(/[^\w .-]/g, '')}"`;
  switch (scheme?.type) {
    case 'http': {
      const word = scheme.scheme ?? 'bearer';
      return [`${word.charAt(0).toUpperCase()}${word.slice(1)} ${realm}`];
    }
    case 'oauth2':
    case 'openIdConnect':
      return [`Bearer ${realm}`];
    case 'apiKey':
      return [`ApiKey ${realm}`];
    default:
      return [];
  }
}
