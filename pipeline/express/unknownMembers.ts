import { closest } from 'fastest-levenshtein';
import { isObject, resolve } from '../document/references.ts';
import type { Document } from '../document/types.ts';

export interface UnknownMember {
  /** Where it stood, such as `/body/resourceConfig/userPoolConfig`. */
  readonly path: string;
  /** The declared name that is nearest to it, where there is any. */
  readonly closest: string | undefined;
}

export interface KnownMembers {
  readonly body: unknown;
  /** The members that were left out. */
  readonly dropped: readonly UnknownMember[];
}

const MAX_REPORTED = 20;
const MAX_NAME = 100;

/** The members that the schemas of a value allow. */
interface Shape {
  /** The schemas of each member that has a name. */
  readonly declared: ReadonlyMap<string, readonly unknown[]>;
  /** Whether other members may be there too, and their schemas. */
  readonly open: boolean;
  readonly others: readonly unknown[];
  readonly items: readonly unknown[];
}

/**
 * Makes copies of valid bodies without the members that their schema does not declare.
 *
 * A service that gains members over the years is sent ones it does not know yet, and ignores them. An object that says
 * `additionalProperties: true` (or gives them a schema) keeps all of its members, but for `__proto__`.
 */
export class UnknownMembers {
  readonly #document: Document;
  /** Shapes are the same for every request: each is worked out once, known by the numbers of its schemas. */
  readonly #shapes = new Map<string, Shape>();
  readonly #numbers = new Map<unknown, number>();

  constructor(document: Document) {
    this.#document = document;
  }

  drop(schema: unknown, body: unknown): KnownMembers {
    const dropped: UnknownMember[] = [];
    return { body: this.#copy([schema], body, '/body', dropped), dropped };
  }

  #copy(schemas: readonly unknown[], value: unknown, path: string, dropped: UnknownMember[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const { declared, open, others, items } = this.#shapeOf(schemas);
    if (Array.isArray(value)) {
      return value.map((item, index) => this.#copy(items, item, `${path}/${index}`, dropped));
    }
    const kept: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      const known = declared.get(name);
      if (known !== undefined) {
        kept[name] = this.#copy(known, member, `${path}/${name}`, dropped);
      } else if (open && name !== '__proto__') {
        kept[name] = this.#copy(others, member, `${path}/${name}`, dropped);
      } else if (dropped.length < MAX_REPORTED) {
        const names = [...declared.keys()];
        const shown = name.slice(0, MAX_NAME);
        dropped.push({ path: `${path}/${shown}`, closest: names.length > 0 ? closest(shown, names) : undefined });
      }
    }
    return kept;
  }

  #shapeOf(schemas: readonly unknown[]): Shape {
    const key = schemas.map((schema) => this.#numberOf(schema)).join();
    let shape = this.#shapes.get(key);
    if (shape === undefined) {
      shape = shapeOf(parts(this.#document, schemas));
      this.#shapes.set(key, shape);
    }
    return shape;
  }

  #numberOf(schema: unknown): number {
    let number = this.#numbers.get(schema);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(schema, number);
    }
    return number;
  }
}

function shapeOf(all: readonly Record<string, unknown>[]): Shape {
  const declared = new Map<string, unknown[]>();
  let open = all.length === 0;
  const others: unknown[] = [];
  for (const schema of all) {
    for (const [name, member] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
      declared.set(name, [...(declared.get(name) ?? []), member]);
    }
    if (schema.additionalProperties === true || isObject(schema.additionalProperties) || schema.patternProperties) {
      open = true;
      others.push(schema.additionalProperties);
    }
    // Which branch the value took is not known here, so nothing can be said of its members.
    if (schema.oneOf || schema.anyOf || schema.not || schema.if || schema.propertyNames) open = true;
  }
  return { declared, open, others, items: all.map(({ items }) => items) };
}

/** The schemas that all apply to one value: each resolved, with what its allOf adds. */
export function parts(document: Document, schemas: readonly unknown[], depth = 0): Record<string, unknown>[] {
  return schemas.flatMap((schema) => {
    const resolved: unknown = resolve(document, schema);
    if (!isObject(resolved) || depth > 16) return [];
    const siblings = isObject(schema) && schema !== resolved ? [schema] : [];
    const all = Array.isArray(resolved.allOf) ? parts(document, resolved.allOf, depth + 1) : [];
    return [resolved, ...siblings, ...all];
  });
}
