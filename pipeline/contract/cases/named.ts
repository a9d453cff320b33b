import type { Operation } from '../document/document.ts';
import { NotRun } from '../notRun.ts';
import { variations } from '../schema/vary.ts';
import { InferredState } from '../state/inferred.ts';
import { type Instance, nameOf, read } from '../state/instances.ts';
import type { Resource, Resources } from '../state/resources.ts';
import { settledBase } from './accepted.ts';
import type { Case, Context, Failure } from './case.ts';
import { changed } from './changed.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { anyRefusal, either, successes } from './expectation.ts';

const MAX_BODIES = 4;

/** PUT that makes what its path names: 201 where it is new, and what is there already is replaced (RFC 9110, 9.3.4). */
export function namedCases(resources: Resources, operation: Operation): Case[] {
  const resource = resources.madeBy(operation);
  if (resource === undefined || !resource.named || operation.method !== 'PUT') return [];
  const add = (title: string, run: (context: Context, state: InferredState) => Promise<Failure[]>): Case => ({
    operation: operation.id,
    title,
    run: async (context) => {
      if (!(context.state instanceof InferredState)) throw new NotRun('there is no state');
      await settledBase(context, operation);
      return run(context, context.state);
    },
  });
  const { responses } = operation;
  const tells = '200' in responses || '204' in responses;
  const first = add('answers 201 to the first of a name alone', (context, state) =>
    tellsNew(context, state, resource, operation),
  );
  return [
    ...(tells ? [first] : []),
    add('replaces what it made', (context, state) => replaces(context, state, resource, operation)),
  ];
}

async function make(state: InferredState, resource: Resource): Promise<Instance> {
  const made = await state.another(resource, {});
  if (made === undefined || !made.certain) throw new NotRun('nothing could be created for it');
  return made;
}

async function tellsNew(context: Context, state: InferredState, resource: Resource, operation: Operation) {
  const made = await make(state, resource);
  const wrong = (answered: number, name: string, curl: string): Failure[] => [
    { rule: 'status', place: '', message: `answered ${answered} where ${name}`, curl },
  ];
  if (made.answer.status !== 201)
    return wrong(made.answer.status, `there was no ${nameOf(made)}, expected 201`, made.answer.curl);
  const { answer } = await put(context, state, made, operation, made.sent);
  return answer.status === 201 ? wrong(201, `there was ${nameOf(made)} already, expected 200 or 204`, answer.curl) : [];
}

const put = (context: Context, state: InferredState, made: Instance, operation: Operation, body: unknown) =>
  exchanged(context, operation, {
    body,
    prepared: state.on(made, operation, body),
    expected: () => either(successes(operation), anyRefusal(operation)),
  });

async function replaces(context: Context, state: InferredState, resource: Resource, operation: Operation) {
  const { body } = operation;
  if (body === undefined || resource.reader === undefined) throw new NotRun('nothing of it can be read');
  const made = await make(state, resource);
  const bodies = context.bases.bodiesOf(operation).map(({ value }) => value);
  const varied = [...variations(context.document.resolve, body.schema, bodies[0])].filter(({ declared }) => declared);
  for (const sent of [...bodies, ...varied.map((one) => one.body)].slice(0, MAX_BODIES)) {
    const earlier = await read(context, made);
    const { answer, found } = await put(context, state, made, operation, sent);
    if (found.length > 0 || !isSuccess(answer.status)) return found;
    const differs = await changed(
      context,
      operation,
      { ...state.on(made, operation, sent), instance: made },
      answer,
      earlier,
    );
    if (differs.length > 0) return differs;
  }
  return [];
}
