import { type Document, isSafe, type Operation, type Parameter } from '../document/document.ts';
import { isObject, withAt } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import { alternatives } from '../schema/alternatives.ts';
import { places } from '../schema/places.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { show, type Variant, variations } from '../schema/vary.ts';
import type { Prepared } from '../state/state.ts';
import { fresh } from '../state/values.ts';
import { keyOf } from '../wire/request.ts';
import type { Bases } from './bases.ts';
import type { Case, Context, Failure } from './case.ts';
import { eventually } from './eventually.ts';
import { type Exchange, exchanged, isSuccess, toAccept } from './exchange.ts';
import { follow } from './follow.ts';

const MAX_VARIATIONS = 300;

/** Requests that must be accepted: the ordinary ones, and each of them varied in one place. */
export function* acceptedCases(document: Document, bases: Bases, operation: Operation): Generator<Case> {
  if (operation.body === undefined && operation.method === 'OPTIONS') return;
  yield ordinaryCase(operation);
  yield* bodyCases(document, bases, operation);
  yield* parameterCases(document, bases, operation);
}

type What = Pick<Exchange, 'body' | 'values' | 'content'>;

const accepting = (operation: Operation, title: string, what: What, isDeclared = true): Case => ({
  operation: operation.id,
  title: `accepts ${title}`,
  run: async (context) => {
    await settledBase(context, operation);
    return accept(context, operation, { ...what, body: again(context, operation, what.body) }, isDeclared);
  },
});

/** The body varied in one place, left out where it may be, and in each other media type. */
function* bodyCases(document: Document, bases: Bases, operation: Operation): Generator<Case> {
  for (const { path, what, body, declared, name } of bodyVariants(document, bases, operation)) {
    yield {
      operation: operation.id,
      title: `accepts ${name} where ${what}`,
      run: async (context) => {
        await settledBase(context, operation);
        const sent = context.lenient && operation.body ? fresh(document, operation.body.schema, body, path) : body;
        return accept(context, operation, { body: sent }, declared);
      },
    };
  }
  if (operation.body === undefined) return;
  const [base] = bases.bodiesOf(operation);
  if (!operation.body.required) yield accepting(operation, 'a request without a body', { body: undefined });
  for (const content of operation.body.contents.slice(1)) {
    // An object is written in these alone; a text in XML would be another one.
    const isStructured = ['json', 'form', 'multipart'].includes(content.kind);
    if (base === undefined || !isObject(base.value) || !isStructured) continue;
    if (validate(document.resolve, content.schema ?? {}, base.value, 'request').length > 0) continue;
    yield accepting(operation, `a body of ${content.type}`, { body: base.value, content }, false);
  }
}

/** Each parameter, with its ordinary value where it may be left out, and varied. */
function* parameterCases(document: Document, bases: Bases, operation: Operation): Generator<Case> {
  const body = bases.bodiesOf(operation)[0]?.value;
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path' || (!parameter.required && isOpaque(parameter))) continue;
    const value = bases.valueOf(operation, parameter);
    const key = keyOf(parameter);
    if (value === undefined) continue;
    const given = (title: string, value: unknown, isDeclared: boolean) =>
      accepting(operation, title, { body, values: { [key]: value } }, isDeclared);
    if (!parameter.required) yield given(`the ${key}`, value, isPlain(document, operation, parameter));
    for (const variant of variations(document.resolve, parameter.schema, value)) {
      if (!canBeWritten(variant.body) || (parameter.in !== 'query' && !variant.declared)) continue;
      const what = `the ${key} where ${variant.what.replace('the body', 'it')}`;
      yield given(what, variant.body, variant.declared && parameter.in !== 'cookie');
    }
  }
}

function* bodyVariants(
  document: Document,
  bases: Bases,
  operation: Operation,
): Generator<Variant & { readonly name: string }> {
  const { body } = operation;
  if (body === undefined || !['json', 'form', 'multipart'].includes(body.kind)) return;
  // The ordinary request has sent every example, and the first of the bodies made here.
  const sent = bases.bodiesOf(operation).filter(({ name }, index) => index === 0 || !name.startsWith('a body with '));
  const known = new Set(sent.map(({ value }) => JSON.stringify(value)));
  const most = known.size + MAX_VARIATIONS;
  for (const { name, value } of bases.bodiesOf(operation)) {
    for (const variant of variants(document, bases, operation, value)) {
      // Neither a form nor a multipart body can say null, nor that a list is empty.
      if (body.kind !== 'json' && /is (null|\[\]|\{\})$/.test(variant.what)) continue;
      const key = JSON.stringify(variant.body);
      if (known.has(key)) continue;
      if (known.size >= most) return;
      known.add(key);
      yield { ...variant, name };
    }
  }
}

function* variants(document: Document, bases: Bases, operation: Operation, value: unknown): Generator<Variant> {
  const schema = operation.body?.schema ?? {};
  yield* variations(document.resolve, schema, value);
  yield* present(document, operation, value, bases.fullBody(operation));
  yield* alternatives(document.resolve, schema, value);
}

/** Each optional member that a body does not have, one at a time. */
function present(document: Document, operation: Operation, value: unknown, full: unknown): Variant[] {
  if (!isObject(value) || !isObject(full) || operation.body === undefined) return [];
  return places(document.resolve, operation.body.schema, full).flatMap(({ path, value: member }) => {
    const [name] = path;
    if (path.length !== 1 || name === undefined || Object.hasOwn(value, name)) return [];
    const body = withAt(value, path, member);
    return [{ path, what: `/${name} is there`, body, declared: false }];
  });
}

/** A flag or a time of which there is but one: no other parameter has to fit it, and nothing has to exist for it. */
function isPlain({ resolve }: Document, { parameters }: Operation, { in: place, schema }: Parameter): boolean {
  const isTime = (one: Schema) => /^date(-time)?$/.test(viewOf(resolve, one).format ?? '');
  const isFlag = viewOf(resolve, schema).types.join() === 'boolean';
  return (
    place === 'query' && (isFlag || (isTime(schema) && parameters.filter((one) => isTime(one.schema)).length === 1))
  );
}

/** An empty text or list is not seen in a query. */
const canBeWritten = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && (value.length === 0 || value.includes('')));

/** Tokens of pages mean something to the server alone. */
export const isOpaque = ({ name, examples }: Parameter): boolean =>
  examples.length === 0 && /token|cursor|^(starting_?|ending_?)?(after|before)$|^if-|continuation/i.test(name);

/** Another body of the same kind, so that names which must be unique are. */
function again(context: Context, operation: Operation, body: unknown): unknown {
  if (!context.lenient || operation.body === undefined || isSafe(operation)) return body;
  return fresh(context.document, operation.body.schema, body);
}

/** The ordinary request, which goes first: the other cases build on how it went. */
function ordinaryCase(operation: Operation): Case {
  return {
    operation: operation.id,
    title: 'accepts an ordinary request',
    run: (context) => ordinary(context, operation),
  };
}

async function settledBase(context: Context, operation: Operation): Promise<void> {
  if (context.bases.outcomes.has(operation)) return;
  await ordinary(context, operation);
  await context.state.endCase?.();
}

async function ordinary(context: Context, operation: Operation): Promise<Failure[]> {
  const { bases, document } = context;
  const bodies =
    operation.body === undefined ? [{ name: 'the request', value: undefined }] : [...bases.bodiesOf(operation)];
  if (bodies.length === 0 && operation.body?.required) {
    throw new NotRun(bases.reason(operation) ?? 'its body can not be built');
  }
  if (bodies.length === 0) bodies.push({ name: 'a request without a body', value: undefined });
  bases.outcomes.delete(operation);
  let outcome: { accepted: boolean; status: number; body: unknown } | undefined;
  const all: Failure[] = [];
  const refused: Failure[] = [];
  const named = bodies.filter(({ name }) => !name.startsWith('a body with '));
  for (const { name, value } of bodies) {
    // Examples and bodies of the config are claims of the document; of the bodies made here one is enough.
    const isClaim = named.length > 0;
    if (!isClaim && outcome?.accepted === true) break;
    const tries =
      context.lenient && operation.body !== undefined
        ? [value, fresh(document, operation.body.schema, value)]
        : [value];
    for (const [index, body] of tries.entries()) {
      const { found, status, json } = await tried(context, operation, body);
      const accepted = isSuccess(status) || (status >= 300 && status < 400);
      if (outcome === undefined || (accepted && !outcome.accepted)) outcome = { accepted, status, body };
      // A name that is taken is no fault; another name may be free.
      if (status >= 400 && status < 500 && context.lenient && index + 1 < tries.length && status !== 400) continue;
      const isRefusal = (status === 400 || status === 422) && !accepted;
      for (const failure of found) {
        const named = bodies.length > 1 ? { ...failure, message: `${failure.message} (${name})` } : failure;
        if (isRefusal && !isClaim) refused.push(failure);
        else all.push(named);
      }
      void json;
      break;
    }
  }
  bases.outcomes.set(operation, outcome ?? { accepted: false, status: 0, body: undefined });
  if (outcome?.accepted === false) all.push(...refused.slice(0, 1));
  return all;
}

async function tried(context: Context, operation: Operation, body: unknown) {
  const { found, answer, more } = await acceptOnce(context, operation, { body }, true);
  return { found: [...found, ...more], status: answer.status, json: answer.json };
}

async function accept(
  context: Context,
  operation: Operation,
  what: Pick<Exchange, 'body' | 'values' | 'content'>,
  isDeclared: boolean,
): Promise<Failure[]> {
  const { found, more } = await acceptOnce(context, operation, what, isDeclared);
  return [...found, ...more];
}

async function acceptOnce(
  context: Context,
  operation: Operation,
  what: Pick<Exchange, 'body' | 'values' | 'content'>,
  isDeclared: boolean,
) {
  const following = follow(context, operation);
  const send = (prepared?: Prepared) =>
    exchanged(context, operation, {
      ...what,
      ...(prepared && { prepared }),
      expected: toAccept(context, operation, isDeclared),
      before: following.before,
    });
  let done = await send();
  const { instance } = done.prepared;
  // A resource that was just created may not be readable yet.
  if (isSafe(operation) && instance !== undefined && done.answer.status === 404) {
    await eventually(context, `${operation.id} read`, async () => {
      done = await send(done.prepared);
      return done.found;
    });
  }
  const { found, answer, prepared } = done;
  const more = isSuccess(answer.status) && !isTried(what) ? await following.after(prepared, answer) : [];
  return { found, answer, more };
}

/** Whether the request asks that nothing be done. */
const isTried = ({ values = {} }: Pick<Exchange, 'values'>): boolean =>
  Object.entries(values).some(
    ([key, value]) => value === true && /^query (validate_?only|dry_?run|preview|simulate)$/i.test(key),
  );

export { settledBase, show };
