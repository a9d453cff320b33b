import type { IncomingHttpHeaders } from 'node:http';
import type { Operation, Parameter } from '../document/operations.ts';
import { decodeFormText, decodeText } from '../document/percent.ts';
import { schemaOf, typesOf } from '../document/schemas.ts';
import { claims, decode, parseQuery, StyleError } from '../document/styles.ts';
import { templateOf } from '../document/templates.ts';
import type { Document } from '../document/types.ts';
import { readAs } from '../document/values.ts';
import { InvalidRequest, type Violation } from './errors.ts';

/** A request's parameters as values. A header's name is in lower case. */
export interface Parameters {
  readonly params: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly headers: Record<string, unknown>;
  readonly cookies: Record<string, unknown>;
}

/** The parts of a request that hold its parameters, as they were sent. */
export interface RawParameters {
  /** By the names of the path template. */
  readonly path: Readonly<Record<string, string>>;
  /** Without its question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
}

export type ParameterReader = (raw: RawParameters) => Parameters;

/** Reads the parameters of an operation by the document's rules. Throws an `InvalidRequest`. */
export function parameterReader(document: Document, operation: Operation): ParameterReader {
  const { parameters } = operation;
  const readers = parameters.map((parameter) => readerOf(document, parameter, parameters));
  const inQuery = parameters.filter((one) => one.in === 'query' || one.in === 'querystring');
  // Names that stand in the query as they are: most need none of the work that objects take.
  const known = new Set(keysInQuery(document, operation));
  for (const one of inQuery) if (scalarTypes(document, one) !== undefined) known.add(one.name);
  return (raw) => {
    const found: Parameters = { params: holder(), query: holder(), headers: holder(), cookies: holder() };
    const pairs = raw.query === '' ? [] : attempt('/query', () => parseQuery(raw.query));
    for (const [name] of pairs) {
      if (known.has(name) || inQuery.some((one) => claims(document, one, name, parameters))) continue;
      throw new InvalidRequest([
        { path: `/query/${name.slice(0, 100)}`, message: `Unknown query parameter '${name.slice(0, 100)}'` },
      ]);
    }
    for (const read of readers) read(found, raw, pairs);
    return found;
  };
}

type Pairs = ReturnType<typeof parseQuery>;

function readerOf(document: Document, parameter: Parameter, others: readonly Parameter[]) {
  const { name } = parameter;
  const types = scalarTypes(document, parameter);
  return (found: Parameters, raw: RawParameters, pairs: Pairs): void => {
    switch (parameter.in) {
      case 'path': {
        const text = raw.path[name] ?? '';
        const value = attempt(`/params/${name}`, () =>
          types === undefined ? decode(document, parameter, text) : readAs(types, decodeText(text)),
        );
        return put(found.params, name, value);
      }
      case 'query': {
        if (pairs.length === 0) return;
        const own = types === undefined ? pairs : pairs.filter(([key]) => key === name);
        const [one] = own;
        if (one === undefined) return;
        const value = attempt(`/query/${name}`, () =>
          types === undefined || own.length > 1
            ? decode(document, parameter, own, { others })
            : readAs(types, decodeFormText(one[1])),
        );
        return put(found.query, name, value);
      }
      case 'querystring':
        return put(
          found.query,
          name,
          attempt('/query', () => decode(document, parameter, raw.query)),
        );
      case 'header': {
        const key = name.toLowerCase();
        const sent = Object.hasOwn(raw.headers, key) ? raw.headers[key] : undefined;
        if (sent === undefined) return;
        const text = Array.isArray(sent) ? sent.join(',') : sent;
        return put(
          found.headers,
          key,
          attempt(`/headers/${key}`, () =>
            types === undefined ? decode(document, parameter, text) : readAs(types, text),
          ),
        );
      }
      case 'cookie': {
        const { cookie } = raw.headers;
        if (cookie === undefined) return;
        return put(
          found.cookies,
          name,
          attempt(`/cookies/${name}`, () => decode(document, parameter, cookie)),
        );
      }
    }
  };
}

/** Without the members that every object inherits: a parameter may bear the name of one. */
const holder = (): Record<string, unknown> => Object.create(null);

function put(holder: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined) holder[name] = value;
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StyleError)) throw error;
    const violation: Violation = { path, message: error.message };
    throw new InvalidRequest([violation]);
  }
}

const PLAIN: Readonly<Record<string, string>> = { path: 'simple', query: 'form', header: 'simple' };

/**
 * The types of a parameter that is a scalar in the usual style, which most are: its text is read as it stands. Worked out
 * once, since a schema's references and parts are followed for it. Undefined for others.
 */
function scalarTypes(document: Document, parameter: Parameter): ReadonlySet<string> | undefined {
  const { in: place, style, content, schema, allowEmptyValue } = parameter;
  if (style !== PLAIN[place] || content !== undefined || schema === undefined || allowEmptyValue) return undefined;
  const types = typesOf(document, schema);
  return types.size === 0 || types.has('object') || types.has('array') ? undefined : types;
}

/** Names of the query that are keys of the operation's security schemes. */
function keysInQuery(document: Document, { security, path }: Operation): ReadonlySet<string> {
  const fixed = templateOf(path).query.map(([name]) => name);
  const schemes = security.flatMap((requirement) => Object.keys(requirement));
  const keys = schemes.flatMap((scheme) => {
    const { in: place, name } = schemaOf(document, document.components?.securitySchemes?.[scheme]);
    return place === 'query' && typeof name === 'string' ? [name] : [];
  });
  return new Set([...fixed, ...keys]);
}
