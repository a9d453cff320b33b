import { Random } from '../../document/random.ts';
import type { Operation } from '../document/document.ts';
import { isObject, withAt } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import { breaks } from '../schema/breaks.ts';
import { places } from '../schema/places.ts';
import { validator } from '../schema/validate.ts';
import { canBeSent } from '../state/instances.ts';
import { settledBase } from './accepted.ts';
import type { Case, Context, Failure } from './case.ts';
import { exchange, toRefuse } from './exchange.ts';
import { anyRefusal, type Expectation, either, oneOf, refusals, successes } from './expectation.ts';

const MAX_SHRINKS = 40;

/** Bodies that nobody thought of: valid ones, which rules beyond the schema may refuse, and ones broken in one place. */
export function generatedCases(operation: Operation): Case[] {
  const { body } = operation;
  if (body === undefined || body.kind !== 'json') return [];
  const statuses = refusals(operation);
  const both = (context: Context): Expectation =>
    context.lenient
      ? either(successes(operation), anyRefusal(operation), oneOf([404, 409]))
      : either(successes(operation), statuses);
  const cases: Case[] = [
    {
      operation: operation.id,
      title: 'accepts generated bodies that its schema allows, or refuses them as documented',
      run: async (context) => {
        await settledBase(context, operation);
        return property(
          context,
          operation,
          (seed, index) => valid(context, operation, seed, index),
          both(context),
          true,
        );
      },
    },
  ];
  if (statuses === undefined) return cases;
  cases.push({
    operation: operation.id,
    title: 'refuses generated bodies that its schema does not allow',
    run: async (context) => {
      if (!context.stateless) await settledBase(context, operation);
      return property(context, operation, (seed, index) => broken(context, operation, seed, index), statuses, false);
    },
  });
  return cases;
}

function valid({ bases }: Context, operation: Operation, seed: number, index: number): unknown {
  const built = bases.generated(operation, seed, index);
  return 'value' in built ? built.value : undefined;
}

function broken(context: Context, operation: Operation, seed: number, index: number): unknown {
  const value = valid(context, operation, seed, index);
  if (value === undefined || operation.body === undefined) return undefined;
  const found = [...breaks(context.document.resolve, operation.body.schema, value)];
  return new Random(seed, `${operation.id} break ${index}`).pick(found)?.body;
}

/** Sends bodies until one fails, and makes that one as small as it can. */
async function property(
  context: Context,
  operation: Operation,
  make: (seed: number, index: number) => unknown,
  expected: Expectation,
  isValid: boolean,
): Promise<Failure[]> {
  const send = (body: unknown) =>
    exchange(context, operation, {
      body,
      // Without a credential each may be refused for that, too.
      expected: isValid && canBeSent(context, operation) ? () => expected : toRefuse(context, operation, expected),
    });
  let built = 0;
  for (let index = 0; index < context.runs; index++) {
    const body = make(context.seed, index);
    // After three failures to build a body, the next attempt would fail as well.
    if (body === undefined && built === 0 && index >= 2) break;
    if (body === undefined) continue;
    built += 1;
    const found = await send(body);
    if (found.length > 0) return shrunk(context, operation, body, found, isValid, send);
    await context.state.endCase?.();
  }
  if (built === 0 && context.runs > 0) throw new NotRun('no body was found that it could be sent');
  return [];
}

/** Leaves out what is not needed for the failure. */
async function shrunk(
  context: Context,
  operation: Operation,
  body: unknown,
  found: Failure[],
  isValid: boolean,
  send: (body: unknown) => Promise<Failure[]>,
): Promise<Failure[]> {
  const { resolve } = context.document;
  const schema = operation.body?.schema ?? {};
  const faultsOf = validator(resolve, 'request');
  let [smallest, failures] = [body, found];
  const [rule] = found.map((failure) => failure.rule);
  let sent = 0;
  for (let again = true; again && sent < MAX_SHRINKS; ) {
    again = false;
    for (const { path, optional } of places(resolve, schema, smallest)) {
      if (path.length === 0 || optional === false) continue;
      const smaller = withAt(smallest, path, undefined);
      const fits = faultsOf(schema, smaller).length === 0;
      if (fits !== isValid || sent >= MAX_SHRINKS || (isObject(smaller) && Object.keys(smaller).length === 0)) continue;
      sent += 1;
      const still = await send(smaller);
      if (still[0]?.rule !== rule) continue;
      [smallest, failures, again] = [smaller, still, true];
      break;
    }
  }
  return failures;
}
