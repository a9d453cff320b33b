import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { viewOf } from '../schema/schema.ts';
import { InferredState } from '../state/inferred.ts';
import { type Instance, parentsOf, read, unwrapped } from '../state/instances.ts';
import type { Prepared } from '../state/state.ts';
import { fresh } from '../state/values.ts';
import type { Answer } from '../wire/messages.ts';
import type { Context, Failure } from './case.ts';
import { eventually } from './eventually.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { successes } from './expectation.ts';
import { answerSchema, compared, isChangeTime, movedCreation, show } from './readBack.ts';

/** Longer than the whole seconds in which some keep times, in ms. */
const A_SECOND = 1100;

type Item = Readonly<Record<string, unknown>>;

/** Checks that a change reads back as sent, leaves other members alone, and shows in the ETag and the time of change. */
export async function changed(
  context: Context,
  operation: Operation,
  { instance, body: sent }: Prepared,
  answer: Answer,
  earlier: Answer | undefined,
): Promise<Failure[]> {
  if (instance === undefined) return [];
  const found = compared(context, answerSchema(operation), sent, answer, 'what was sent');
  if (answer.status === 202) return found;
  let latest: Answer | undefined;
  const look = async () => {
    latest = await read(context, instance);
    return latest === undefined ? [] : readsAsChanged(context, operation, instance, sent, latest, earlier);
  };
  found.push(...(await eventually(context, `${operation.id} changed`, look)));
  if (found.length > 0 || latest?.status !== 200 || earlier === undefined) return found;
  return [
    ...(await staysBehind(context, operation, instance, sent, earlier, latest)),
    ...answersOldVersion(answer, earlier, latest),
  ];
}

/** The ETag of an answer is that of the version that there is then (RFC 9110, 8.8.3). */
function answersOldVersion({ headers: { etag }, curl }: Answer, earlier: Answer, got: Answer): Failure[] {
  if (etag === undefined || etag !== earlier.headers.etag || etag === got.headers.etag) return [];
  const message = `the ETag is ${etag}, that of the version before the change`;
  return [{ rule: 'etag', place: 'ETag', message, curl }];
}

function readsAsChanged(
  context: Context,
  operation: Operation,
  instance: Instance,
  sent: unknown,
  got: Answer,
  earlier: Answer | undefined,
): Failure[] {
  const { reader } = instance.resource;
  if (got.status !== 200) {
    const message = `after it, ${reader?.id} answered ${got.status}`;
    return [{ rule: 'read-back', place: '', message, curl: got.curl }];
  }
  const found = compared(context, answerSchema(reader), sent, got, `after it, ${reader?.id} answers`);
  const [before, after] = [earlier?.json, got.json].map((json) => unwrapped(json, instance.sent));
  if (before === undefined || after === undefined || !isObject(sent)) return found;
  return [
    ...found,
    ...movedCreation(before, after, got, 'the time of creation moved with a change', true),
    ...leftOut(context, operation, instance, sent, before, after, got),
  ];
}

/** Members that a client may write and this request leaves out: PATCH leaves them as they are, PUT takes them away. */
function leftOut(
  context: Context,
  operation: Operation,
  instance: Instance,
  sent: Item,
  before: Item,
  after: Item,
  { curl }: Answer,
): Failure[] {
  const isPatch = operation.method === 'PATCH';
  const writable = isObject(instance.sent) ? Object.keys(instance.sent) : [];
  const left = writable.filter((name) => !Object.hasOwn(sent, name) && Object.hasOwn(before, name));
  return left.flatMap((name): Failure[] => {
    const same = JSON.stringify(before[name]) === JSON.stringify(after[name]);
    const failure = (message: string) => [{ rule: isPatch ? 'patch' : 'put', place: `/${name}`, message, curl }];
    if (isPatch && !same) {
      const values = `${show(before[name])} and is ${show(after[name])}`;
      return failure(`/${name} was ${values}, though the change did not name it`);
    }
    if (
      operation.method === 'PUT' &&
      same &&
      replaces(context, operation, name, instance.resource.reader) &&
      !isEmpty(before[name])
    ) {
      return failure(`/${name} is still ${show(after[name])}, though the replacement leaves it out`);
    }
    return [];
  });
}

/**
 * A body of which all is optional may be meant as a change, whatever HTTP says of PUT. A member that every answer has to
 * have gets some value where it is left out.
 */
function replaces({ document }: Context, { body }: Operation, name: string, reader: Operation | undefined): boolean {
  if (body === undefined || viewOf(document.resolve, answerSchema(reader) ?? {}).required.includes(name)) return false;
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

/** A change that shows in the body shows in the ETag (RFC 9110, 8.8.1) and in the time of the last change. */
async function staysBehind(
  context: Context,
  operation: Operation,
  instance: Instance,
  sent: unknown,
  earlier: Answer,
  got: Answer,
): Promise<Failure[]> {
  const [before, after] = [earlier.json, got.json].map((json) => unwrapped(json, instance.sent));
  if (before === undefined || after === undefined || !isObject(sent)) return [];
  if (Object.keys(sent).every((name) => JSON.stringify(before[name]) === JSON.stringify(after[name]))) return [];
  const found: Failure[] = [];
  const { etag } = got.headers;
  // A weak one need not tell every change.
  if (etag !== undefined && earlier.headers.etag === etag && !etag.startsWith('W/')) {
    const message = `the ETag is ${etag} before and after a change`;
    found.push({ rule: 'etag', place: 'ETag', message, curl: got.curl });
  }
  for (const name of Object.keys(after).filter(isChangeTime)) {
    const [a, b] = [before[name], after[name]];
    if (typeof a !== 'string' || typeof b !== 'string' || !isInstant(a) || !isInstant(b)) continue;
    const stands = Date.parse(a) === Date.parse(b);
    if (!(Date.parse(b) < Date.parse(a)) && !(stands && (await standsStill(context, operation, instance, sent, name))))
      continue;
    const message = `/${name} was ${a} before the change, and is ${b} after it`;
    found.push({ rule: 'read-back', place: `/${name}`, message, curl: got.curl });
  }
  return found;
}

/** A date alone says nothing of a change on the same day. */
const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(text);

/** Whether the time is the same where the change comes seconds after the creation. Once is enough for an operation. */
async function standsStill(
  context: Context,
  operation: Operation,
  instance: Instance,
  sent: unknown,
  name: string,
): Promise<boolean> {
  const key = `${operation.id} ${name}`;
  if (context.settled.has(key) || !(context.state instanceof InferredState)) return false;
  context.settled.add(key);
  const other = await context.state.another(instance.resource, parentsOf(instance));
  const first = other && (await read(context, other));
  if (other === undefined || first?.status !== 200) return false;
  await sleep(A_SECOND);
  // The other one has the names that were sent.
  const body = operation.body === undefined ? sent : fresh(context.document, operation.body.schema, sent);
  const { answer } = await exchanged(context, operation, {
    body,
    prepared: context.state.on(other, operation, body),
    expected: () => successes(operation),
  });
  const second = isSuccess(answer.status) ? await read(context, other) : undefined;
  const [a, b] = [first.json, second?.json].map((json) => unwrapped(json, other.sent)?.[name]);
  return a !== undefined && a === b;
}
