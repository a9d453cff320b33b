import { randomUUID } from 'node:crypto';
import type { Document, Operation } from '../document/document.ts';
import type { Validators } from '../document/validators.ts';
import { baseBodies } from './bodies.ts';
import type { Case } from './case.ts';
import { exchange } from './exchange.ts';

/** 404 for what does not exist, told apart by each parameter of the path. */
export function absentCases(document: Document, validators: Validators, operation: Operation): Case[] {
  const ofPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  if (!('404' in operation.responses) || operation.method === 'OPTIONS') return [];
  const [base] = baseBodies(document, validators, operation);
  if (operation.body?.required && base === undefined) return [];
  return ofPath.map(({ name }) => ({
    operation: operation.id,
    title: `answers 404 where ${name} names nothing`,
    run: (context) =>
      exchange(context, operation, {
        body: base?.value,
        expected: () => [404],
        parameters: (given) => ({ ...given, [name]: `none-${randomUUID()}` }),
      }),
  }));
}
