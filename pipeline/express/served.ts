import { type Input, inputOf } from '../document/input.ts';
import type { Operation } from '../document/operations.ts';
import type { Document } from '../document/types.ts';
import { type ParameterReader, parameterReader } from './parameters.ts';

/** An operation with what serving it needs, worked out at its first request: a document may have thousands. */
export class Served {
  readonly operation: Operation;
  readonly #document: Document;
  #input: Input | undefined;
  #readParameters: ParameterReader | undefined;

  constructor(document: Document, operation: Operation) {
    this.#document = document;
    this.operation = operation;
  }

  get input(): Input {
    this.#input ??= inputOf(this.#document, this.operation);
    return this.#input;
  }

  get readParameters(): ParameterReader {
    this.#readParameters ??= parameterReader(this.#document, this.operation);
    return this.#readParameters;
  }
}
