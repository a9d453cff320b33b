import type { AnyHandler, RequestEnd } from 'openapi-strict-express';
import type { components } from '../../generated/admin/schema.ts';
import { inputOf } from '../../pipeline/document/input.ts';
import { jsonOf } from '../../pipeline/document/mediaTypes.ts';
import type { Operation } from '../../pipeline/document/operations.ts';
import { isObject } from '../../pipeline/document/references.ts';
import type { Document } from '../../pipeline/document/types.ts';
import { declared } from './declared.ts';

type Recorded = components['schemas']['RecordedRequest'];

const MAX_REQUESTS = 1000;
/** More than there can be connections; what is beyond was cut off before it was served. */
const MAX_SERVED = 20_000;
const MAX_INPUT = 16 * 1024; // characters of JSON

/** Keeps the last requests, without what is secret. */
export class Recorder {
  readonly #clock: () => number;
  readonly #schemas: ReadonlyMap<string, readonly unknown[]>;
  readonly #document: Document;
  #ended: Recorded[] = [];
  /** Requests that are being served, by their id. */
  readonly #served = new Map<string, Pick<Recorded, 'input' | 'caller'>>();

  constructor(document: Document, operations: ReadonlyMap<string, Operation>, clock: () => number) {
    this.#clock = clock;
    this.#document = document;
    this.#schemas = new Map([...operations].map(([id, operation]) => [id, inputSchemas(document, operation)]));
  }

  /** The handlers, each of which has its input noted down. */
  noting<Services>(handlers: Readonly<Record<string, AnyHandler<Services>>>): Record<string, AnyHandler<Services>> {
    const wrapped = Object.entries(handlers).map(([operation, handler]) => [
      operation,
      async (...[input, services, request]: Parameters<AnyHandler<Services>>) => {
        const shown = declared(this.#document, this.#schemas.get(operation) ?? [], input);
        const fits = isObject(shown) && JSON.stringify(shown).length <= MAX_INPUT;
        this.#served.set(request.id, {
          ...(request.caller !== undefined && { caller: request.caller }),
          ...(fits && { input: shown }),
        });
        const [oldest = ''] = this.#served.keys();
        if (this.#served.size > MAX_SERVED) this.#served.delete(oldest);
        return handler(input, services, request);
      },
    ]);
    return Object.fromEntries(wrapped);
  }

  end({ operation, ...request }: RequestEnd): void {
    const served = this.#served.get(request.requestId);
    this.#served.delete(request.requestId);
    this.#ended.push({ ...request, ...(operation !== undefined && { operation }), time: this.#clock(), ...served });
    if (this.#ended.length > MAX_REQUESTS) this.#ended.shift();
  }

  clear(): void {
    this.#ended = [];
  }

  /** The newest first. */
  list(operation: string | undefined, limit: number): Recorded[] {
    const fitting = operation === undefined ? this.#ended : this.#ended.filter((one) => one.operation === operation);
    return fitting.slice(-limit).reverse();
  }
}

/** The schemas of a handler's flat input: the parameters as one object, and the body. */
function inputSchemas(document: Document, operation: Operation): unknown[] {
  const { parameters, body, bodyName } = inputOf(document, operation);
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const schema = jsonOf(operation.body?.contents ?? [])?.schema;
  if (body === 'value') return [{ properties: { ...properties, [bodyName]: schema } }];
  return [{ properties }, ...(body === 'members' ? [schema] : [])];
}
