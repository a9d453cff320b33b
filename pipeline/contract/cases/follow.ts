import type { Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import type { Schema } from '../schema/schema.ts';
import { InferredState } from '../state/inferred.ts';
import { authorised, canBeSent, type Instance, read, requestFor, unwrapped } from '../state/instances.ts';
import { answerOf } from '../state/resources.ts';
import type { Prepared } from '../state/state.ts';
import type { Answer } from '../wire/sender.ts';
import type { Context, Failure } from './case.ts';
import { differences, isCreationTime, sameText } from './readBack.ts';

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
  return {
    before: async ({ instance }) => {
      if (instance !== undefined && changes(operation, instance)) earlier = await read(context, instance);
    },
    after: async (prepared, answer) => {
      const { instance, body } = prepared;
      const newest = state.newest;
      if (newest?.resource.creator === operation && newest.answer === answer)
        return created(context, operation, newest);
      if (instance === undefined || !instance.certain) return [];
      if (changes(operation, instance)) return changed(context, operation, instance, body, answer, earlier);
      if (operation === instance.resource.remover) return removed(context, instance, answer);
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
): Failure[] {
  if (first === undefined || second === undefined) return [];
  return Object.keys(first).flatMap((name) => {
    const [a, b] = [first[name], second[name]];
    if (!isCreationTime(name) || a === null || b === undefined || typeof a === 'object' || sameText('date-time', a, b))
      return [];
    const message = `/${name}: ${what}: ${JSON.stringify(b)} instead of ${JSON.stringify(a)}`;
    return [{ rule: 'read-back', place: `/${name}`, message, curl }];
  });
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
  found.push(...moved(before, after, got, 'the time of creation moved with a change'));
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

async function removed(context: Context, instance: Instance, answer: Answer): Promise<Failure[]> {
  if (answer.status === 202) return [];
  const got = await read(context, instance);
  if (got === undefined) return [];
  const { reader } = instance.resource;
  if (got.status >= 200 && got.status < 300 && !saysGone(got.json)) {
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
  return found;
}

/** Some keep what was removed, and say that it was. */
const saysGone = (json: unknown): boolean =>
  isObject(json) &&
  Object.entries(json).some(
    ([name, value]) =>
      (/delet|remov|archiv|active|status|state/i.test(name) && value === true) ||
      (typeof value === 'string' && /delet|remov|archiv|terminat|cancel/i.test(value)) ||
      (/delet|remov|archiv/i.test(name) && value !== null && value !== false),
  );

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
