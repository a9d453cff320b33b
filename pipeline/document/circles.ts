import { attempt, isObject, isReference, resolve } from './references.ts';
import type { Document, Schema } from './types.ts';

/** Whether a schema holds whatever the value is, as one of `allOf` does, or is one of several that may. */
export type Way = 'all' | 'choice';

/** The component that holds for the value at hand, and whether it always asks for what is looked at. */
export interface Holder {
  readonly schema: Schema;
  readonly way: Way;
}

interface Edge {
  readonly target: Schema;
  readonly way: Way;
}

const CHOICES = ['oneOf', 'anyOf'] as const;
const CONDITIONS = ['not', 'if', 'then', 'else'] as const;

/**
 * Schemas that lead back to themselves for the very same value: a pet that is a cat or a dog, where a cat is a pet with
 * more. Checked as they are written, they would never come to an end.
 */
export class Circles {
  readonly #document: Document;
  readonly #edges = new Map<Schema, readonly Edge[]>();
  readonly #known = new Map<Schema, Map<Schema, Map<string, boolean>>>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** The schema that a reference leads to. */
  target(node: unknown): Schema | undefined {
    const found = isReference(node) ? resolve<unknown>(this.#document, { $ref: node.$ref }) : node;
    return isObject(found) ? (found as Schema) : undefined;
  }

  /** Whether `from` leads to `to` without going into a member or an item; by `choice` alone, if that is asked. */
  leads(from: Schema, to: Schema, by?: 'choice'): boolean {
    const ofFrom = this.#known.get(from) ?? new Map<Schema, Map<string, boolean>>();
    this.#known.set(from, ofFrom);
    const ofTo = ofFrom.get(to) ?? new Map<string, boolean>();
    ofFrom.set(to, ofTo);
    const known = ofTo.get(by ?? '');
    if (known !== undefined) return known;
    const seen = new Set<Schema>();
    const visit = (schema: Schema): boolean => {
      if (schema === to) return true;
      if (seen.has(schema)) return false;
      seen.add(schema);
      return this.#edgesOf(schema).some(({ target, way }) => (by === undefined || way === by) && visit(target));
    };
    const found = visit(from);
    ofTo.set(by ?? '', found);
    return found;
  }

  /** How a reference leads back to the schema that holds for the same value; undefined where it doesn't. */
  back(node: unknown, { schema, way }: Holder): Way | undefined {
    const target = attempt(() => this.target(node));
    if (target === undefined || !this.leads(target, schema)) return undefined;
    if (way === 'all') return 'all';
    return this.leads(target, schema, 'choice') ? 'choice' : undefined;
  }

  /**
   * A schema as one that is made of it has it: without the choice that leads to that one again, and without what it is
   * made of where that does.
   */
  bare(schema: Schema): Schema {
    const leadsBack = (part: unknown) => this.#edgesIn(part, 'all').some(({ target }) => this.leads(target, schema));
    const { allOf, ...rest } = schema;
    const made: Record<string, unknown> = { ...rest };
    for (const name of CHOICES) {
      if (!schema[name]?.some(leadsBack)) continue;
      delete made[name];
      delete made.discriminator;
    }
    const kept = allOf?.filter((part) => !leadsBack(part)) ?? [];
    return { ...made, ...(kept.length > 0 && { allOf: kept }) };
  }

  #edgesOf(schema: Schema): readonly Edge[] {
    const known = this.#edges.get(schema);
    if (known !== undefined) return known;
    const found = this.#within(schema, 'all');
    this.#edges.set(schema, found);
    return found;
  }

  #edgesIn(node: unknown, way: Way): Edge[] {
    if (!isObject(node)) return [];
    if (!isReference(node)) return this.#within(node as Schema, way);
    const target = this.target(node);
    return [...(target === undefined ? [] : [{ target, way }]), ...this.#within(node as Schema, way)];
  }

  #within(schema: Schema, way: Way): Edge[] {
    const all = (schema.allOf ?? []).flatMap((part) => this.#edgesIn(part, way));
    const chosen = CHOICES.flatMap((name) => schema[name] ?? []).flatMap((part) => this.#edgesIn(part, 'choice'));
    const others = CONDITIONS.flatMap((name) => this.#edgesIn(schema[name], 'choice'));
    return [...all, ...chosen, ...others];
  }
}
