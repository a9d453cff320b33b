import type { Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import type { Schema } from '../schema/schema.ts';
import { InferredState } from '../state/inferred.ts';
import { authorised, canBeSent, type Instance, read, requestFor, unwrapped } from '../state/instances.ts';
import { answerOf } from '../state/resources.ts';
import type { Prepared } from '../state/state.ts';
import type { Answer } from '../wire/sender.ts';
import type { Context, Failure } from './case.ts';
import { isSuccess } from './exchange.ts';
import { partsOf } from './neighbours.ts';
import { differences, isChangeTime, isCreationTime, sameText } from './readBack.ts';

export interface Following {
  readonly before: (prepared: Prepared) => Promise<void>;
  readonly after: (prepared: Prepared, answer: Answer) => Promise<Failure[]>;
}

const NOTHING: Following = { before: async () => {}, after: async () => [] };

/** Sees whether an accepted request had the effect that its method and its body ask for. */
export function follow(context: Context, operation: Operation): Following {
  const { state } = context;
  if (context.follow !== undefined) return context.follow(context, operation);
  if (!(state instanceof InferredState) || operation.body?.type.includes('json-patch')) return NOTHING;
  let earlier: Answer | undefined;
  let parts: Instance[] = [];
  return {
    before: async ({ instance }) => {
      if (instance === undefined) return;
      const removes = operation === instance.resource.remover;
      if (changes(operation, instance) || removes) earlier = await read(context, instance);
      if (removes && instance.certain) parts = await partsOf(context, state.resources, instance);
    },
    after: async (prepared, answer) => {
      const { instance, body } = prepared;
      const newest = state.newest;
      if (newest?.resource.creator === operation && newest.answer === answer)
        return created(context, operation, newest);
      if (instance === undefined || !instance.certain) return [];
      if (changes(operation, instance)) return changed(context, operation, instance, body, answer, earlier);
      if (operation === instance.resource.remover) return removed(context, instance, answer, earlier, parts);
      return [];
    },
  };
}

const changes = (operation: Operation, { resource }: Instance): boolean => resource.changers.includes(operation);

const answerSchema = (operation: Operation | undefined): Schema | undefined =>
  operation && answerOf(operation)?.contents.find(({ kind }) => kind === 'json')?.schema;

async function created(context: Context, operation: Operation, instance: Instance): Promise<Failure[]> {
  const { document } = context;
  const { sent, answer, resource } = instance;
  const found = compared(context, answerSchema(operation), sent, answer, 'what was sent');
  const got = await read(context, instance);
  if (got === undefined) return found;
  const { reader } = resource;
  if ([404, 410].includes(got.status)) {
    if (!instance.certain || answer.status === 202) return found;
    const message = `what it created can't be read: ${reader?.id} answered ${got.status}`;
    return [...found, { rule: 'read-back', place: '', message, curl: got.curl }];
  }
  if (got.status !== 200) return found;
  found.push(...compared(context, answerSchema(reader), sent, got, `after it, ${reader?.id} answers`));
  const [first, second] = [unwrapped(document, answer.json, sent), unwrapped(document, got.json, sent)];
  return [...found, ...moved(first, second, got, `${reader?.id} answers another time than the creation did`)];
}

/** The time of a creation never moves. */
function moved(
  first: Record<string, unknown> | undefined,
  second: Record<string, unknown> | undefined,
  { curl }: Answer,
  what: string,
  isExact = false,
): Failure[] {
  if (first === undefined || second === undefined) return [];
  return Object.keys(first).flatMap((name) => {
    const [a, b] = [first[name], second[name]];
    if (!isCreationTime(name) || a === null || b === undefined || typeof a === 'object') return [];
    // Read twice from the same place, it has the same precision.
    if (isExact ? sameInstant(a, b) : sameText('date-time', a, b)) return [];
    const message = `/${name}: ${what}: ${JSON.stringify(b)} instead of ${JSON.stringify(a)}`;
    return [{ rule: 'read-back', place: `/${name}`, message, curl }];
  });
}

const sameInstant = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'string' && typeof b === 'string' && Date.parse(a) === Date.parse(b));

/** A change shows in the time of the last change, and in the ETag (RFC 9110, 8.8.3). */
function staysBehind(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  earlier: Answer,
  got: Answer,
  sent: Readonly<Record<string, unknown>>,
): Failure[] {
  const differs = Object.keys(sent).some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (!differs) return [];
  const found: Failure[] = [];
  const { etag } = got.headers;
  if (etag !== undefined && earlier.headers.etag === etag) {
    found.push({
      rule: 'etag',
      place: 'ETag',
      message: `the ETag is ${etag} before and after a change`,
      curl: got.curl,
    });
  }
  for (const name of Object.keys(after).filter(isChangeTime)) {
    const [a, b] = [before[name], after[name]];
    // In whole seconds it may be the same.
    const isFine = typeof a === 'string' && /\.\d*[1-9]\d*(Z|[+-]\d\d:?\d\d)$/i.test(a);
    if (typeof a !== 'string' || typeof b !== 'string') continue;
    if (!(isFine && a === b) && !(Date.parse(b) < Date.parse(a))) continue;
    const message = `/${name} was ${a} before the change, and is ${b} after it`;
    found.push({ rule: 'read-back', place: `/${name}`, message, curl: got.curl });
  }
  return found;
}

async function changed(
  context: Context,
  operation: Operation,
  instance: Instance,
  sent: unknown,
  answer: Answer,
  earlier: Answer | undefined,
): Promise<Failure[]> {
  const { document } = context;
  const { reader } = instance.resource;
  const found = compared(context, answerSchema(operation), sent, answer, 'what was sent');
  const got = await read(context, instance);
  if (got === undefined || answer.status === 202) return found;
  if (got.status !== 200) {
    const message = `after it, ${reader?.id} answered ${got.status}`;
    return [...found, { rule: 'read-back', place: '', message, curl: got.curl }];
  }
  found.push(...compared(context, answerSchema(reader), sent, got, `after it, ${reader?.id} answers`));
  const before = unwrapped(document, earlier?.json, instance.sent);
  const after = unwrapped(document, got.json, instance.sent);
  if (before === undefined || after === undefined || !isObject(sent)) return found;
  found.push(...moved(before, after, got, 'the time of creation moved with a change', true));
  if (earlier !== undefined) found.push(...staysBehind(before, after, earlier, got, sent));
  // Members that a client may write and this request leaves out.
  const writable = isObject(instance.sent) ? Object.keys(instance.sent) : [];
  const left = writable.filter((name) => !Object.hasOwn(sent, name) && Object.hasOwn(before, name));
  const failure = (name: string, message: string) => {
    found.push({ rule: operation.method === 'PATCH' ? 'patch' : 'put', place: `/${name}`, message, curl: got.curl });
  };
  for (const name of left) {
    const same = JSON.stringify(before[name]) === JSON.stringify(after[name]);
    if (operation.method === 'PATCH' && !same) {
      failure(
        name,
        `/${name} was ${show(before[name])} and is ${show(after[name])}, though the change did not name it`,
      );
    }
    if (operation.method === 'PUT' && same && replaces(context, operation, name) && !isEmpty(before[name])) {
      failure(name, `/${name} is still ${show(after[name])}, though the replacement leaves it out`);
    }
  }
  return found;
}

/** A body of which all is optional may be meant as a change, whatever HTTP says of PUT. */
function replaces({ document }: Context, { body }: Operation, name: string): boolean {
  if (body === undefined) return false;
  const { required = [], properties = {} } = document.resolve(body.schema);
  return (
    required.length > 0 &&
    Object.hasOwn(properties, name) &&
    !required.includes(name) &&
    document.resolve(properties[name] ?? {}).default === undefined
  );
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === 0 ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

async function removed(
  context: Context,
  instance: Instance,
  answer: Answer,
  earlier: Answer | undefined,
  parts: readonly Instance[],
): Promise<Failure[]> {
  if (answer.status === 202) return [];
  const got = await read(context, instance);
  if (got === undefined) return [];
  const { reader } = instance.resource;
  if (got.status >= 200 && got.status < 300 && !saysGone(got.json, earlier?.json)) {
    const message = `what it removed is still there: ${reader?.id} answered ${got.status}`;
    return [{ rule: 'gone', place: '', message, curl: got.curl }];
  }
  if (got.status < 400) return [];
  // Its parts are gone with it.
  const children = context.document.operations.filter(
    ({ method, path }) =>
      method === 'GET' &&
      path.startsWith(`${instance.resource.path}/`) &&
      !path.slice(instance.resource.path.length).includes('{'),
  );
  const found: Failure[] = [];
  for (const child of children.slice(0, 5)) {
    if (!canBeSent(context, child)) continue;
    const request = authorised(context, child, requestFor(context, child, instance.parameters));
    const { status, json, curl } = await context.sender.send(request);
    const empty = Array.isArray(json) && json.length === 0 && !('404' in child.responses);
    if (status >= 200 && status < 300 && !empty && status !== 204) {
      const message = `what belongs to it is still there: ${child.id} answered ${status}`;
      found.push({ rule: 'gone', place: '', message, curl });
    }
  }
  for (const part of parts) {
    const still = await read(context, part);
    if (still === undefined || !isSuccess(still.status) || saysGone(still.json, part.answer.json)) continue;
    const message = `what belongs to it is still there: ${part.resource.reader?.id} answered ${still.status}`;
    found.push({ rule: 'gone', place: '', message, curl: still.curl });
  }
  return found;
}

/** Some keep what was removed, and say that it was, in a member that says so from then on. */
function saysGone(json: unknown, earlier: unknown): boolean {
  if (!isObject(json)) return false;
  return Object.entries(json).some(([name, value]) => {
    const before = isObject(earlier) ? earlier[name] : undefined;
    if (JSON.stringify(before) === JSON.stringify(value)) return false;
    if (isObject(value)) return saysGone(value, before);
    if (/delet|remov|archiv|trash|discard/i.test(name)) return value !== null && value !== false;
    if (/active|enabled/i.test(name)) return value === false;
    return typeof value === 'string' && /delet|remov|archiv|terminat|cancel|inactive|disabled|trash/i.test(value);
  });
}

function compared(
  context: Context,
  schema: Schema | undefined,
  sent: unknown,
  answer: Answer,
  what: string,
): Failure[] {
  if (schema === undefined) return [];
  const got = answer.json;
  return differences(context.document, schema, sent, got)
    .slice(0, 5)
    .map(({ place, got: value, wanted }) => ({
      rule: 'read-back',
      place,
      message: `${place}: ${what} ${what.endsWith('answers') ? `${show(value)} instead of ${show(wanted)}` : `was ${show(wanted)}, and the answer has ${show(value)}`}`,
      curl: answer.curl,
    }));
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${[...text].slice(0, 77).join('')}…` : text;
};
