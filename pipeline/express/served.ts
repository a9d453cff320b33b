import { type Input, inputOf } from '../document/input.ts';
import type { Operation } from '../document/operations.ts';
import type { Document } from '../document/types.ts';
import { type ParameterReader, parameterReader } from './parameters.ts';

/** An operation with what serving it needs, worked out at its first request: a document may have thousands. */
export class Served {
  readonly operation: Operation;
  readonly #document: Document;
  #input: Input | undefined;
  #success: number | undefined;
  #readParameters: ParameterReader | undefined;

  constructor(document: Document, operation: Operation) {
    this.#document = document;
    this.operation = operation;
  }

  get input(): Input {
    this.#input ??= inputOf(this.#document, this.operation);
    return this.#input;
  }

  /** The status of the short answer. */
  get success(): number {
    this.#success ??= successOf(this.operation);
    return this.#success;
  }

  get readParameters(): ParameterReader {
    this.#readParameters ??= parameterReader(this.#document, this.operation);
    return this.#readParameters;
  }
}

/** The status of the short answer: the only success, or the first of several. */
function successOf({ responses }: Operation): number {
  const statuses = responses.map(({ status }) => status);
  const exact = statuses.find((status) => /^2\d\d$/.test(status));
  if (exact !== undefined) return Number(exact);
  if (statuses.includes('2XX') || statuses.includes('default') || statuses.length === 0) return 200;
  const other = statuses.find((status) => /^3\d\d$/.test(status)) ?? statuses.find((status) => /^1?\d\d$/.test(status));
  return other === undefined ? 200 : Number(other);
}
