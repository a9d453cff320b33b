import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { isHidden } from '../schema/marks.ts';
import { schemaPlace } from '../schema/places.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { keyOf } from '../wire/request.ts';

/** One kind of thing to cover: how many there are, and which were not reached. */
export interface Covered {
  readonly total: number;
  readonly missing: readonly string[];
}

export interface CoverageSummary {
  /** Operations that answered at all. */
  readonly operations: Covered;
  /** Operations that accepted a request. */
  readonly accepted: Covered;
  readonly statuses: Covered;
  readonly enumValues: Covered;
  readonly propertiesPresent: Covered;
  readonly propertiesAbsent: Covered;
  /** Parameters that were there in an accepted request. */
  readonly parameters: Covered;
  /** Checks that were not made, by the reason why. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** The kinds of which a part may be missing. */
export type CoveredKind = Exclude<keyof CoverageSummary, 'skipped'>;

const MAX_DEPTH = 12;
const MAX_DECLARED = 5000;

/** Counts the statuses that operations answered, and the parts of requests that were accepted. */
export class Coverage {
  readonly #document: Document;
  readonly #operations: readonly Operation[];
  readonly #stateless: boolean;
  readonly #statuses = new Map<string, Map<number, number>>();
  readonly #skipped = new Map<string, number>();
  readonly #parameters = new Set<string>();
  readonly #reached = { enums: new Set<string>(), present: new Set<string>(), absent: new Set<string>() };

  constructor(document: Document, operations: readonly Operation[], stateless: boolean) {
    this.#document = document;
    this.#operations = operations;
    this.#stateless = stateless;
  }

  answered({ id }: Operation, status: number): void {
    const counts = this.#statuses.get(id) ?? new Map<number, number>();
    counts.set(status, (counts.get(status) ?? 0) + 1);
    this.#statuses.set(id, counts);
  }

  skipped(reason: string): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  parameter({ id }: Operation, parameter: Parameter): void {
    this.#parameters.add(`${id} ${keyOf(parameter)}`);
  }

  /** Takes note of the members of a body that was accepted, or refused by a rule beyond the schema. */
  taken({ id, body }: Operation, value: unknown): void {
    if (body === undefined || value === undefined) return;
    this.#walk(id, body.schema, value, '');
  }

  /** How often each status was answered. */
  countsOf(id: string): ReadonlyMap<number, number> {
    return this.#statuses.get(id) ?? new Map();
  }

  summary(): CoverageSummary {
    const declared = this.#operations.flatMap((operation) => {
      if (operation.body === undefined) return [];
      // A schema may branch without end.
      return taken(this.#declared(operation.id, operation.body.schema, '', 0, []), MAX_DECLARED);
    });
    const ofBodies = (kind: 'enums' | 'present' | 'absent') => {
      const all = [...new Set(declared.filter((one) => one.kind === kind).map(({ name }) => name))];
      return covered(all, (name) => this.#reached[kind].has(name));
    };
    const ids = this.#operations.map(({ id }) => id);
    const isSuccess = (status: number) => status >= 200 && status < 400;
    return {
      operations: covered(ids, (id) => this.#statuses.has(id)),
      statuses: this.#coveredStatuses(),
      enumValues: ofBodies('enums'),
      propertiesPresent: ofBodies('present'),
      propertiesAbsent: ofBodies('absent'),
      accepted: covered(ids, (id) => [...this.countsOf(id).keys()].some(isSuccess)),
      parameters: covered(this.#declaredParameters(), (name) => this.#parameters.has(name)),
      skipped: Object.fromEntries(this.#skipped),
    };
  }

  #coveredStatuses(): Covered {
    const all = this.#operations.flatMap((operation) =>
      this.#provokable(operation).map((status) => ({ id: operation.id, status })),
    );
    const missing = all.filter(({ id, status }) => !this.countsOf(id).has(status));
    return { total: all.length, missing: missing.map(({ id, status }) => `${id} ${status}`) };
  }

  #declaredParameters(): string[] {
    return this.#operations
      .filter(({ method }) => method !== 'OPTIONS')
      .flatMap(({ id, parameters }) => parameters.map((parameter) => `${id} ${keyOf(parameter)}`));
  }

  /** A client can bring about success, 400 where it can send something wrong, 404 where the path names something. */
  #provokable({ responses, body, parameters, method }: Operation): number[] {
    return Object.keys(responses)
      .map(Number)
      .filter(
        (status) =>
          (status >= 200 && status < 300) ||
          (status === 400 && body !== undefined) ||
          (status === 404 && method !== 'OPTIONS' && !this.#stateless && parameters.some((one) => one.in === 'path')),
      );
  }

  #walk(id: string, schema: Schema, value: unknown, at: string): void {
    const view = viewOf(this.#document.resolve, schema);
    if (view.enum !== undefined) this.#reached.enums.add(`${id} ${at} ${JSON.stringify(value)}`);
    if (Array.isArray(value) && view.items !== undefined) {
      for (const item of value) this.#walk(id, view.items, item, `${at}${schemaPlace([0])}`);
    }
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(view.properties)) {
      const place = `${at}/${name}`;
      this.#reached[Object.hasOwn(value, name) ? 'present' : 'absent'].add(`${id} ${place}`);
      if (Object.hasOwn(value, name)) this.#walk(id, member, value[name], place);
    }
  }

  *#declared(
    id: string,
    schema: Schema,
    at: string,
    depth: number,
    above: readonly Schema[],
  ): Generator<{ kind: 'enums' | 'present' | 'absent'; name: string }> {
    const found = this.#document.resolve(schema);
    if (depth > MAX_DEPTH || above.includes(found)) return;
    const view = viewOf(this.#document.resolve, schema);
    for (const value of view.enum ?? []) yield { kind: 'enums', name: `${id} ${at} ${JSON.stringify(value)}` };
    if (view.items !== undefined) {
      yield* this.#declared(id, view.items, `${at}${schemaPlace([0])}`, depth + 1, [...above, found]);
    }
    for (const [name, member] of Object.entries(view.properties)) {
      if (!isObject(member) || isHidden(this.#document.resolve, member, 'request')) continue;
      const place = `${at}/${name}`;
      yield { kind: 'present', name: `${id} ${place}` };
      if (!view.required.includes(name)) yield { kind: 'absent', name: `${id} ${place}` };
      yield* this.#declared(id, member, place, depth + 1, [...above, found]);
    }
  }
}

const covered = (all: readonly string[], isReached: (name: string) => boolean): Covered => ({
  total: all.length,
  missing: all.filter((name) => !isReached(name)),
});

function taken<T>(values: Iterable<T>, most: number): T[] {
  const found: T[] = [];
  for (const value of values) {
    if (found.length >= most) break;
    found.push(value);
  }
  return found;
}
