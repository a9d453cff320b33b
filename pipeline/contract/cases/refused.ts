import { breaks } from '../document/breaks.ts';
import type { Document, Operation } from '../document/document.ts';
import { schemaPlace } from '../document/places.ts';
import type { Validators } from '../document/validators.ts';
import type { Request } from '../wire/sender.ts';
import { baseBodies, fullBody } from './bodies.ts';
import { type Case, refused } from './case.ts';
import { exchange } from './exchange.ts';

/** What must be refused as documented: a body that is wrong in one place, or that is none. */
export function refusedCases(document: Document, validators: Validators, operation: Operation): Case[] {
  const { body } = operation;
  const statuses = refused(operation);
  if (body === undefined || statuses.length === 0) return [];
  const bases = baseBodies(document, validators, operation).map(({ value }) => value);
  const [base] = bases;
  if (base === undefined) return [];
  const toRefuse = (
    title: string,
    sent: unknown,
    expected: number[],
    change?: (request: Request) => Request,
  ): Case => ({
    operation: operation.id,
    title: `refuses ${title}`,
    run: (context) => exchange(context, operation, { body: sent, expected: () => expected, ...(change && { change }) }),
  });

  const cases = new Map<string, Case>();
  // What no example holds is broken in a body that is made from the schema.
  for (const value of [...bases, ...fullBody(document, validators, body)]) {
    for (const { path, kind, what, body: broken } of breaks(document, validators, body.schema, value)) {
      const key = `${kind} ${schemaPlace(path)} ${what.replace(/^\S+/, '')}`;
      const alike =
        kind === 'enum' || kind === 'required' ? `${kind} ${schemaPlace(path)} ${what.includes('case')}` : key;
      if (!cases.has(alike)) cases.set(alike, toRefuse(`a body where ${what}`, broken, statuses));
    }
  }
  const text = JSON.stringify(base);
  const withBody = (given: string | undefined) => (request: Request) => ({ ...request, body: given });
  const withType = (type: string) => (request: Request) => ({
    ...request,
    headers: { ...request.headers, 'content-type': type },
  });
  const refusedType = refused(operation, [415]);
  const malformed = [
    ['that is cut off', text.slice(0, -1)],
    ['with a comma too many', `${text.slice(0, -1)},}`],
    ['in single quotes', `{'a': 1}`],
  ] as const;
  return [
    ...cases.values(),
    ...malformed.map(([what, sent]) => toRefuse(`JSON ${what}`, base, statuses, withBody(sent))),
    ...(body.required ? [toRefuse('a request without a body', base, statuses, withBody(undefined))] : []),
    toRefuse('JSON sent as text/plain', base, refusedType, withType('text/plain')),
    toRefuse('JSON sent as a form', base, refusedType, withType('application/x-www-form-urlencoded')),
  ];
}
