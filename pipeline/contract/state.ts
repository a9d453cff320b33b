import fc from 'fast-check';
import type { Document, Operation, Parameter } from './document/document.ts';
import { arbitrary } from './document/generate.ts';
import type { Answer } from './wire/sender.ts';

/** What a request is sent with, so that it names what exists. */
export interface Prepared {
  /** Those of the path. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What there is on the other side while the cases of one operation are sent, one after the other. */
export interface State {
  /** Sees to it that the operation can be carried out, and puts the names of what is there into the body. */
  prepare(operation: Operation, body: unknown): Promise<Prepared>;
  /** Waits until what a request started has ended, and takes note of what it used up. */
  settle(operation: Operation, prepared: Prepared, answer: Answer): Promise<void>;
  /** Removes what was made. */
  close(): Promise<void>;
}

/** Why a request that the schema allows may still be refused, if there is a reason. */
export type MayBeRefused = (operation: Operation, body: unknown) => string | undefined;

/** For an implementation that keeps nothing, such as a mock: the path is the one of the examples. */
export function stateless(document: Document): State {
  return {
    prepare: async (operation, body) => ({ parameters: exampleParameters(document, operation), body }),
    settle: async () => {},
    close: async () => {},
  };
}

export function exampleParameters(document: Document, operation: Operation): Record<string, string> {
  const ofPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  return Object.fromEntries(ofPath.map((parameter) => [parameter.name, String(exampleOf(document, parameter))]));
}

/** What the document gives as an example, or one that its schema allows. */
export function exampleOf(document: Document, parameter: Parameter): unknown {
  const schema = document.resolve(parameter.schema);
  const [given] = [
    ...parameter.examples,
    schema.example,
    ...(schema.examples ?? []),
    schema.default,
    ...(schema.enum ?? []),
  ].filter((value) => value !== undefined);
  if (given !== undefined) return Array.isArray(given) ? given.join(',') : given;
  if (
    parameter.in === 'path' &&
    schema.type === 'string' &&
    schema.pattern === undefined &&
    schema.format === undefined
  ) {
    return 'example'.padEnd(schema.minLength ?? 0, 'x').slice(0, schema.maxLength ?? 100);
  }
  const [made] = fc.sample(arbitrary(document, parameter.schema, { optional: 'all' }), { seed: 1, numRuns: 1 });
  return Array.isArray(made) ? made.join(',') : made;
}
