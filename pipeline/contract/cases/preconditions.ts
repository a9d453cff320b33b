import type { Operation, Parameter } from '../document/document.ts';
import { NotRun } from '../notRun.ts';
import { InferredState } from '../state/inferred.ts';
import { type Instance, read } from '../state/instances.ts';
import { keyOf } from '../wire/request.ts';
import { settledBase } from './accepted.ts';
import type { Case, Context, Failure } from './case.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { type Expectation, either, oneOf, successes } from './expectation.ts';

const headerOf = ({ parameters }: Operation, name: string): Parameter | undefined =>
  parameters.find((one) => one.in === 'header' && one.name.toLowerCase() === name);

/** Conditional requests (RFC 9110, 13), where the document has both the header and the status. */
export function preconditionCases(operation: Operation): Case[] {
  const { method, responses } = operation;
  const match = headerOf(operation, 'if-match');
  const noneMatch = headerOf(operation, 'if-none-match');
  const one = (title: string, run: Case['run']): Case => ({ operation: operation.id, title, run });
  return [
    ...(noneMatch !== undefined && method === 'GET' && '304' in responses
      ? [one('answers 304 to who has it already', (context) => isNotModified(context, operation, noneMatch))]
      : []),
    ...(match !== undefined && '412' in responses
      ? [
          one('answers 412 where an earlier version is meant', (context) => isTooLate(context, operation, match)),
          one('accepts the version that it was read in', (context) => isInTime(context, operation, match)),
        ]
      : []),
  ];
}

async function isNotModified(context: Context, operation: Operation, header: Parameter): Promise<Failure[]> {
  const expected = () => either(successes(operation), oneOf([304, 404]));
  const first = await exchanged(context, operation, { body: undefined, expected });
  const { etag } = first.answer.headers;
  if (first.answer.status !== 200 || etag === undefined) throw new NotRun('it answered no ETag');
  const { answer } = await exchanged(context, operation, {
    body: undefined,
    prepared: first.prepared,
    values: { [keyOf(header)]: etag },
    expected: () => either(successes(operation), oneOf([304])),
  });
  if (answer.status !== 200) return [];
  const { curl } = answer;
  if (answer.headers.etag === etag) {
    return [{ rule: 'precondition', place: '', message: `answered 200 to who has ${etag}, expected 304`, curl }];
  }
  // A body that differs on every read has a different ETag each time.
  if (answer.text !== first.answer.text) return [];
  const message = `the ETag was ${etag} and is ${answer.headers.etag}, though nothing has changed`;
  return [{ rule: 'etag', place: 'ETag', message, curl }];
}

/** Two change it, both from the same version: the second one is told. */
async function isTooLate(context: Context, operation: Operation, header: Parameter): Promise<Failure[]> {
  const { state } = context;
  if (!(state instanceof InferredState)) throw new NotRun('there is no state');
  for (const one of state.resources.along(operation.path).at(-1)?.changers ?? []) await settledBase(context, one);
  const { instance, etag } = await versioned(context, operation);
  const changer = instance.resource.changers.find((one) => context.bases.outcomes.get(one)?.accepted === true);
  if (changer === undefined) throw new NotRun('nothing can be changed for it');
  const body = context.bases.outcomes.get(changer)?.body;
  const own = headerOf(changer, 'if-match');
  const change = await exchanged(context, changer, {
    body,
    prepared: state.on(instance, changer, body),
    ...(own && { values: { [keyOf(own)]: etag } }),
    expected: () => successes(changer),
  });
  const after = isSuccess(change.answer.status) ? await read(context, instance) : undefined;
  if (after === undefined || after.headers.etag === etag) throw new NotRun('no other version could be made');
  return conditional(context, operation, instance, header, etag, oneOf([412]));
}

async function isInTime(context: Context, operation: Operation, header: Parameter): Promise<Failure[]> {
  const { instance, etag } = await versioned(context, operation);
  return conditional(context, operation, instance, header, etag, successes(operation));
}

/** A new resource with its ETag: a strong one, since If-Match never takes a weak one (RFC 9110, 13.1.1). */
async function versioned(context: Context, operation: Operation): Promise<{ instance: Instance; etag: string }> {
  await settledBase(context, operation);
  const outcome = context.bases.outcomes.get(operation);
  if (outcome?.accepted !== true) throw new NotRun('it accepted no ordinary request');
  const { instance } = await context.state.prepare(operation, outcome.body);
  // The ETag is that of the same path.
  if (instance === undefined || !instance.certain || instance.resource.path !== operation.path)
    throw new NotRun('nothing could be created for it');
  const etag = (await read(context, instance))?.headers.etag;
  if (etag === undefined || etag.startsWith('W/')) throw new NotRun('there is no ETag to send');
  return { instance, etag };
}

async function conditional(
  context: Context,
  operation: Operation,
  instance: Instance,
  header: Parameter,
  etag: string,
  expected: Expectation,
): Promise<Failure[]> {
  const { state, bases } = context;
  const body = bases.outcomes.get(operation)?.body;
  const { found } = await exchanged(context, operation, {
    body,
    prepared: (state as InferredState).on(instance, operation, body),
    values: { [keyOf(header)]: etag },
    expected: () => expected,
  });
  return found.map((one) => (one.rule === 'status' ? { ...one, rule: 'precondition' } : one));
}
