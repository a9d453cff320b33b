import fc from 'fast-check';
import { breaks } from '../document/breaks.ts';
import type { Operation } from '../document/document.ts';
import { arbitrary } from '../document/generate.ts';
import { valuesByName } from '../document/seen.ts';
import { accepted, type Case, type Context, type Failure, refused } from './case.ts';
import { exchange } from './exchange.ts';

/** Bodies that nobody thought of: valid ones, which rules beyond the schema may refuse, and ones broken in one place. */
export function generatedCases(operation: Operation): Case[] {
  const { body } = operation;
  if (body === undefined || accepted(operation).length === 0) return [];
  const known = valuesByName(body.examples.map(({ value }) => value));
  const valid = (context: Context) =>
    arbitrary(context.document, body.schema, { known }).filter((value) => context.validators.fits(body.schema, value));
  const statuses = refused(operation);
  const both = [...accepted(operation), ...statuses];
  const cases: Case[] = [
    {
      operation: operation.id,
      title: 'accepts what its schema allows, or refuses it as documented',
      run: (context) =>
        property(context, valid(context), (sent) => exchange(context, operation, { body: sent, expected: () => both })),
    },
  ];
  if (statuses.length === 0) return cases;
  cases.push({
    operation: operation.id,
    title: 'refuses what its schema does not allow',
    run: (context) => {
      const broken = fc
        .tuple(valid(context), fc.nat({ max: 9999 }))
        .map(([value, choice]) => {
          const found = breaks(context.document, context.validators, body.schema, value);
          return found[choice % found.length];
        })
        .filter((one) => one !== undefined);
      return property(context, broken, (one) =>
        exchange(context, operation, { body: one.body, expected: () => statuses }),
      );
    },
  });
  return cases;
}

/** Runs a property until it fails, and shrinks what made it fail. */
async function property<T>(
  { seed, runs }: Context,
  values: fc.Arbitrary<T>,
  send: (value: T) => Promise<Failure[]>,
): Promise<Failure[]> {
  let last: Failure[] = [];
  if (runs === 0) return [];
  const check = fc.asyncProperty(values, async (value) => {
    const found = await send(value);
    if (found.length > 0) last = found;
    return found.length === 0;
  });
  const details = await fc.check(check, { seed, numRuns: runs, interruptAfterTimeLimit: 60_000 });
  // What stopped the property was no answer: it can't go on.
  if (details.errorInstance instanceof Error && last.length === 0) throw details.errorInstance;
  if (!details.failed || last.length === 0) return [];
  return last.map((failure) => ({ ...failure, seed: details.seed, path: details.counterexamplePath ?? '' }));
}
