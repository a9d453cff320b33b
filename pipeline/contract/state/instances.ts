import type { Document, Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import type { Answer } from '../wire/messages.ts';
import { keyOf, requestOf } from '../wire/request.ts';
import type { Means } from './means.ts';
import { linksOf, type Resource } from './resources.ts';

/** One thing that the suite has made. */
export interface Instance {
  readonly resource: Resource;
  /** The values of the parameters that name it, its own and those of what it is part of. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly sent: unknown;
  readonly answer: Answer;
  /** Whether its name is certain, and no guess from a member's name. */
  readonly certain: boolean;
  gone: boolean;
}

interface Identity {
  readonly value: unknown;
  readonly certain: boolean;
}

/** Finds out how the thing is named that an answer of success is about. */
export function identityOf(
  document: Document,
  resource: Resource,
  creator: Operation,
  answer: Answer,
  sent: unknown,
): Identity | undefined {
  const schema = schemaOf(document, resource);
  const usable = (value: unknown): value is string | number =>
    (typeof value === 'string' && value !== '') || typeof value === 'number';
  const fitted = (value: unknown): unknown => {
    const candidates = [
      value,
      String(value),
      ...(typeof value === 'string' && /^\d+$/.test(value) ? [Number(value)] : []),
    ];
    return candidates.find((one) => validate(document.resolve, schema, one, 'request').length === 0);
  };
  const identity = (value: unknown, certain: boolean): Identity | undefined => {
    const found = usable(value) ? fitted(value) : undefined;
    return found === undefined ? undefined : { value: found, certain };
  };

  for (const link of linksOf(creator)) {
    const found = identity(expression(link.parameters[resource.parameter], answer, sent), true);
    if (found !== undefined) return found;
  }
  const { location } = answer.headers;
  if (typeof location === 'string') {
    const pattern = new RegExp(
      `${resource.path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '([^/?#]+)')}/?(?:[?#].*)?$`,
    );
    const found = pattern.exec(location)?.at(-1);
    if (found !== undefined) return identity(decoded(found), true);
  }
  if (usable(answer.json)) return identity(answer.json, false);
  const bodies = isObject(answer.json) ? [answer.json, ...Object.values(answer.json).filter(isObject).slice(0, 3)] : [];
  for (const body of bodies) {
    const names = namesFor(resource);
    const isNamed = names.some(([name, certain]) => certain && usable(body[name]));
    const named = isNamed
      ? undefined
      : Object.values(body)
          .map((value) => lastStep(resource, value))
          .find(usable);
    if (named !== undefined) return identity(named, true);
    for (const [name, certain] of names) {
      const found = identity(Object.hasOwn(body, name) ? body[name] : undefined, certain);
      if (found !== undefined) return found;
    }
  }
  if (isObject(sent)) {
    for (const [name] of namesFor(resource)) {
      const found = identity(Object.hasOwn(sent, name) ? sent[name] : undefined, false);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

export function schemaOf(document: Document, resource: Resource): Schema {
  for (const operation of document.operations) {
    if (!operation.path.startsWith(resource.path)) continue;
    const found = operation.parameters.find((one) => one.in === 'path' && one.name === resource.parameter);
    if (found !== undefined) return found.schema;
  }
  return {};
}

/** The last step of a name such as `devices/7`, or of a link, where the step before it is the one in the resource's path. */
function lastStep({ path }: Resource, value: unknown): string | undefined {
  const above = path.split('/').at(-2) ?? '';
  if (typeof value !== 'string' || above === '' || above.startsWith('{')) return undefined;
  const [name, ...before] = value.split(/[?#]/, 1).join('').split('/').toReversed();
  return before[0] === above && name !== '' ? name : undefined;
}

/** Whether a value names it, alone or as the last step of a longer name. */
export const isNameOf = (instance: Instance, value: unknown): boolean =>
  String(value) === nameOf(instance) || lastStep(instance.resource, value) === nameOf(instance);

/** The members that may hold the name of a thing, the likeliest first. */
export function namesFor({ parameter, path }: Resource): [name: string, certain: boolean][] {
  const base = parameter.replace(/[_-]?(id|uuid|name|key|slug)$/i, '');
  const kind = /[_-]?(id|uuid|name|key|slug)$/i.exec(parameter)?.[1]?.toLowerCase() ?? 'id';
  const collection = path.split('/').at(-2) ?? '';
  const singular = collection.replace(/ies$/, 'y').replace(/s$/, '');
  const own = [parameter, ...(kind === 'id' ? ['id'] : [kind, 'id'])];
  const guessed = [
    '_id',
    'uuid',
    `${base}Id`,
    `${base}_id`,
    `${singular}Id`,
    `${singular}_id`,
    'key',
    'slug',
    'name',
    'code',
  ];
  return [
    ...own.map((name) => [name, true] as [string, boolean]),
    ...guessed.map((name) => [name, false] as [string, boolean]),
  ];
}

/** A runtime expression of a link, such as `$response.body#/id`. */
function expression(given: unknown, answer: Answer, sent: unknown): unknown {
  if (typeof given !== 'string' || !given.startsWith('$')) return given;
  const [, where, header, pointed] = /^\$(request|response)\.(?:header\.([\w-]+)|body(?:#(\/.*))?)$/.exec(given) ?? [];
  if (where === undefined) return undefined;
  if (header !== undefined) return where === 'response' ? answer.headers[header.toLowerCase()] : undefined;
  const body = where === 'response' ? answer.json : sent;
  return (pointed ?? '')
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, step) => (isObject(inner) || Array.isArray(inner) ? (inner as Record<string, unknown>)[step] : undefined),
      body,
    );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The value by which its path names it. */
export const nameOf = ({ parameters, resource }: Instance): string => String(parameters[resource.parameter]);

/** The values of the path above it. */
export function parentsOf({ parameters, resource }: Instance): Readonly<Record<string, unknown>> {
  const { [resource.parameter]: _own, ...parents } = parameters;
  return parents;
}

/** Reads a thing that was made; undefined where there is no way to read it. */
export async function read(context: Means, instance: Instance): Promise<Answer | undefined> {
  const { reader } = instance.resource;
  if (reader === undefined || !canBeSent(context, reader)) return undefined;
  return context.sender.send(authorised(context, reader, requestFor(context, reader, instance.parameters)));
}

/** The version that a request must name, where it has to name one (RFC 9110, 13.1.1). */
export async function versionFor(
  context: Means,
  operation: Operation,
  instance: Instance | undefined,
): Promise<readonly [key: string, etag: string] | undefined> {
  const header = operation.parameters.find(
    (one) => one.in === 'header' && one.required && one.name.toLowerCase() === 'if-match',
  );
  if (header === undefined || instance === undefined || instance.resource.path !== operation.path) return undefined;
  const etag = (await read(context, instance))?.headers.etag;
  return etag === undefined ? undefined : [keyOf(header), etag];
}

/** A request with what is required and nothing else. */
export function requestFor(
  context: Means,
  operation: Operation,
  parameters: Readonly<Record<string, unknown>>,
  version?: readonly [string, unknown],
) {
  const values = new Map(context.bases.valuesOf(operation, parameters));
  if (version !== undefined) values.set(...version);
  return requestOf(context.document, operation, { values, body: undefined });
}

export const authorised = (context: Means, operation: Operation, request: ReturnType<typeof requestOf>) =>
  context.credentials.authorise(operation, request);

/** Whether there are credentials for the operation, if it needs any. */
export const canBeSent = ({ credentials, sender }: Means, { security }: Operation): boolean =>
  security.length === 0 ||
  security.some((names) => names.length === 0) ||
  credentials.available({ security } as Operation).length > 0 ||
  sender.addsHeaders;

/** The object of an answer that is about the thing itself: the whole, or the member that has most of its members. */
export function unwrapped(json: unknown, sent: unknown): Record<string, unknown> | undefined {
  if (!isObject(json)) return undefined;
  const names = isObject(sent) ? Object.keys(sent) : [];
  const shared = (object: object) => names.filter((name) => Object.hasOwn(object, name)).length;
  const inner = Object.values(json)
    .filter(isObject)
    .toSorted((a, b) => shared(b) - shared(a))[0];
  return inner !== undefined && shared(json) === 0 && shared(inner) > 0 ? inner : json;
}

export { keyOf, viewOf };
