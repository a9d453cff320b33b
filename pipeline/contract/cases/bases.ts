import { Random } from '../../document/random.ts';
import type { Document, Example, Operation, Parameter } from '../document/document.ts';
import { build } from '../schema/make.ts';
import { valuesByName } from '../schema/seen.ts';
import { validate } from '../schema/validate.ts';
import { withoutHidden } from '../schema/withoutHidden.ts';
import { absentValue, type FixedValues, fixedFor, fresh, ordinary } from '../state/values.ts';
import { keyOf, type Values } from '../wire/request.ts';

export interface Base {
  readonly name: string;
  readonly value: unknown;
}

/** How the ordinary request of an operation went, on which its other cases build. */
export interface Outcome {
  readonly accepted: boolean;
  readonly status: number;
  readonly body: unknown;
}

/** The ordinary values that the cases of each operation start from. */
export class Bases {
  readonly #document: Document;
  readonly #fixed: FixedValues;
  readonly #given: Readonly<Record<string, readonly unknown[]>>;
  readonly #bodies = new Map<Operation, readonly Base[]>();
  readonly #full = new Map<Operation, unknown>();
  readonly #reasons = new Map<Operation, string>();
  readonly #parameters = new Map<Parameter, unknown>();
  readonly outcomes = new Map<Operation, Outcome>();

  constructor(document: Document, fixed: FixedValues, bodies: Readonly<Record<string, readonly unknown[]>>) {
    this.#document = document;
    this.#fixed = fixed;
    this.#given = bodies;
  }

  /** Bodies that should be accepted: from the config, the examples, and what the schema allows. */
  bodiesOf(operation: Operation): readonly Base[] {
    const known = this.#bodies.get(operation);
    if (known !== undefined) return known;
    const made = this.#makeBodies(operation);
    this.#bodies.set(operation, made);
    return made;
  }

  /** Why no body could be built. */
  reason(operation: Operation): string | undefined {
    this.bodiesOf(operation);
    return this.#reasons.get(operation);
  }

  #makeBodies(operation: Operation): readonly Base[] {
    const { body, id } = operation;
    if (body === undefined) return [];
    const fits = (value: unknown) => validate(this.#document.resolve, body.schema, value, 'request').length === 0;
    const given = this.#given[id]?.map((value, index) => ({ name: `of the config, number ${index + 1}`, value }));
    if (given !== undefined && given.length > 0) return given;
    const examples = body.examples.filter(({ value }) => fits(value)).map(withoutReadOnly(this.#document, operation));
    if (examples.length > 0) return examples.map(({ name, value }) => ({ name: `the example ${name}`, value }));
    const bases: Base[] = [];
    for (const [optional, name] of [
      ['all', 'every member'],
      ['none', 'the required members'],
    ] as const) {
      const built = this.#build(operation, optional);
      if ('reason' in built) this.#reasons.set(operation, built.reason);
      else if (!bases.some(({ value }) => JSON.stringify(value) === JSON.stringify(built.value))) {
        bases.push({ name: `a body with ${name}`, value: built.value });
      }
    }
    return bases;
  }

  #build(operation: Operation, optional: 'all' | 'none') {
    const { body } = operation;
    const known = valuesByName((body?.examples ?? []).map(({ value }) => value));
    return build(this.#document.resolve, body?.schema ?? {}, { optional, known });
  }

  /** A body with every member, where the bases have less. */
  fullBody(operation: Operation): unknown {
    if (!this.#full.has(operation)) {
      const built = operation.body === undefined ? undefined : this.#build(operation, 'all');
      this.#full.set(operation, built !== undefined && 'value' in built ? built.value : undefined);
    }
    return this.#full.get(operation);
  }

  /** Makers of bodies that may create a resource, each of which may be called again for another one. */
  creationBodies(operation: Operation): (() => unknown)[] {
    const { body } = operation;
    if (body === undefined) return [() => undefined];
    const values = this.bodiesOf(operation).map(({ value }) => value);
    return [
      ...values.map((value) => () => fresh(this.#document, body.schema, value)),
      ...values.map((value) => () => value),
    ];
  }

  newName(parameter: Parameter): unknown {
    return absentValue(this.#document, parameter) ?? ordinary(this.#document, parameter);
  }

  /** The required parameters with ordinary values, and those of the path. */
  valuesOf(operation: Operation, path: Readonly<Record<string, unknown>>): Values {
    const values = new Map<string, unknown>();
    for (const parameter of operation.parameters) {
      const given = parameter.in === 'path' ? path[parameter.name] : undefined;
      if (given !== undefined) values.set(keyOf(parameter), given);
      else if (parameter.required || fixedFor(this.#fixed, operation, parameter.name) !== undefined) {
        const value = this.valueOf(operation, parameter);
        if (value !== undefined) values.set(keyOf(parameter), value);
      }
    }
    return values;
  }

  valueOf(operation: Operation, parameter: Parameter): unknown {
    const fixed = fixedFor(this.#fixed, operation, parameter.name);
    if (fixed !== undefined) return fixed;
    if (!this.#parameters.has(parameter)) this.#parameters.set(parameter, ordinary(this.#document, parameter));
    return this.#parameters.get(parameter);
  }

  /** A body that nobody thought of, and the same one for the same seed. */
  generated(operation: Operation, seed: number, index: number) {
    const { body } = operation;
    const random = new Random(seed, `${operation.id} ${index}`);
    const known = valuesByName((body?.examples ?? []).map(({ value }) => value));
    return build(this.#document.resolve, body?.schema ?? {}, { random, optional: 'some', known });
  }
}

/** Examples are often those of answers. */
const withoutReadOnly =
  (document: Document, { body }: Operation) =>
  (example: Example): Example => ({
    ...example,
    value: withoutHidden(document.resolve, body?.schema ?? {}, example.value, 'request'),
  });
