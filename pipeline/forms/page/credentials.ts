import { operationsOf } from '../../document/operations.ts';
import { resolve } from '../../document/references.ts';
import type { Document, SecurityScheme } from '../../document/types.ts';

/** A security scheme whose credential a person can type. */
export interface Scheme {
  readonly name: string;
  readonly scheme: SecurityScheme;
  readonly isBasic: boolean;
}

/** Credentials by the name of their scheme: a key or a token, or `name:password`. They stay in memory. */
export type Credentials = Readonly<Record<string, string>>;

/** The schemes of a document. A page can set no cookie and present no certificate: the browser sends those by itself. */
export function schemesOf(document: Document): Scheme[] {
  return Object.entries(document.components?.securitySchemes ?? {})
    .map(([name, node]) => ({ name, scheme: resolve<SecurityScheme>(document, node) }))
    .filter(({ scheme }) => scheme.type !== 'mutualTLS' && !(scheme.type === 'apiKey' && scheme.in === 'cookie'))
    .map((one) => ({ ...one, isBasic: one.scheme.scheme?.toLowerCase() === 'basic' }));
}

/** The headers and query parameters that a credential adds to a request. */
export interface Placed {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** The credentials that an operation asks for: those of its first alternative for which all are there. */
export function placed(document: Document, operationId: string, credentials: Credentials): Placed {
  const schemes = new Map(schemesOf(document).map((one) => [one.name, one]));
  const operation = operationsOf(document).find(({ id }) => id === operationId);
  const alternative = operation?.security.find((one) => Object.keys(one).every((name) => credentials[name]));
  const headers: [string, string][] = [];
  const query: [string, string][] = [];
  for (const name of Object.keys(alternative ?? {})) {
    const found = schemes.get(name);
    const credential = credentials[name];
    if (found === undefined || credential === undefined) continue;
    const { type, in: place, name: key = '', scheme } = found.scheme;
    if (type === 'apiKey') (place === 'query' ? query : headers).push([key, credential]);
    else if (found.isBasic) headers.push(['Authorization', `Basic ${base64(credential)}`]);
    else headers.push(['Authorization', `${type === 'http' && scheme ? titled(scheme) : 'Bearer'} ${credential}`]);
  }
  return { headers, query };
}

/** UTF-8, as RFC 7617 has it where a server says so; `btoa` takes Latin-1 alone. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const titled = (scheme: string): string => scheme.charAt(0).toUpperCase() + scheme.slice(1);

/** The arguments by which curl sends the credentials, from variables: a copied command shows no secret. */
export function curlArguments(document: Document, operationId: string): string[] {
  const schemes = schemesOf(document);
  const names = Object.fromEntries(schemes.map(({ name }) => [name, variableOf(name)]));
  const { headers, query } = placed(document, operationId, names);
  const basic = schemes.find(({ isBasic }) => isBasic)?.name ?? '';
  return [
    ...headers.map(([name, value]) =>
      value.startsWith('Basic ') ? `--user "${names[basic]}"` : `-H "${name}: ${value}"`,
    ),
    ...query.map(([name, value]) => `--url-query "${encodeURIComponent(name)}=${value}"`),
  ];
}

const variableOf = (name: string): string =>
  `$${name
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll(/\W/g, '_')
    .toUpperCase()}`;
