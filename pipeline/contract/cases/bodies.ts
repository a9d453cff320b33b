import fc from 'fast-check';
import type { Document, Example, Operation } from '../document/document.ts';
import { arbitrary } from '../document/generate.ts';
import { valuesByName } from '../document/seen.ts';
import type { Validators } from '../document/validators.ts';

/** The bodies that the cases of an operation start from: its examples, or what its schema allows where it has none. */
export function baseBodies(document: Document, validators: Validators, { body }: Operation): Example[] {
  if (body === undefined) return [];
  const examples = body.examples.filter(({ value }) => validators.fits(body.schema, value));
  if (examples.length > 0) return examples;
  return fullBody(document, validators, body).map((value) => ({ name: 'made from the schema', value }));
}

/** A body with every member that the schema names; none where the bridge can't make one. */
export function fullBody(
  document: Document,
  validators: Validators,
  { schema, examples }: NonNullable<Operation['body']>,
): unknown[] {
  const known = valuesByName(examples.map(({ value }) => value));
  const made = fc.sample(arbitrary(document, schema, { optional: 'all', known }), { seed: 1, numRuns: 20 });
  return made.filter((value) => validators.fits(schema, value)).slice(0, 1);
}
