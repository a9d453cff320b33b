import type { Document, Operation } from '../document/document.ts';
import type { Validators } from '../document/validators.ts';
import { variations } from '../document/vary.ts';
import { baseBodies } from './bodies.ts';
import { accepted, type Case, refused } from './case.ts';
import { exchange } from './exchange.ts';

/** What must be accepted: the examples, and each of them varied in one place. */
export function acceptedCases(document: Document, validators: Validators, operation: Operation): Case[] {
  const { body } = operation;
  const statuses = accepted(operation);
  if (statuses.length === 0 || (body === undefined && operation.method === 'OPTIONS')) return [];
  const toAccept = (title: string, sent: unknown): Case => ({
    operation: operation.id,
    title: `accepts ${title}`,
    run: (context) =>
      exchange(context, operation, {
        body: sent,
        // What a rule beyond the schema forbids may be refused, but as documented.
        expected: (actual) =>
          context.mayBeRefused(operation, actual) === undefined ? statuses : [...statuses, ...refused(operation)],
      }),
  });
  if (body === undefined) return [toAccept('a request', undefined)];

  const bases = baseBodies(document, validators, operation);
  const cases = new Map<string, Case>();
  for (const { name, value } of bases) {
    const key = JSON.stringify(value);
    if (!cases.has(key)) cases.set(key, toAccept(`the example ${name}`, value));
  }
  for (const { name, value } of bases) {
    for (const variant of variations(document, validators, body.schema, value)) {
      const key = JSON.stringify(variant.body);
      if (!cases.has(key)) cases.set(key, toAccept(`the example ${name} where ${variant.what}`, variant.body));
    }
  }
  if (!body.required && !cases.has('')) cases.set('', toAccept('a request without a body', undefined));
  return [...cases.values()];
}
