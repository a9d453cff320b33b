import { attempt, isObject, isReference, pointerTo, resolve } from '../document/references.ts';
import type { Document } from '../document/types.ts';
import type { Report } from './report.ts';

interface Part {
  allOf?: unknown[];
  oneOf?: unknown[];
  anyOf?: unknown[];
}

const CHOICES = ['oneOf', 'anyOf'] as const;

/**
 * Takes out references by which a component is a part of itself for the very same value. `A: { allOf: [A, B] }` says no
 * more than B, and so does `A: { oneOf: [A, B] }`, but a check of it would never come to an end. A pet that is a cat,
 * where a cat is a pet with more, says something, and stays.
 */
export function dropSelfReferences(document: Document, report: Report): void {
  const done = new Set<unknown>();
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    if (!isObject(schema)) continue;
    const pruning = new Pruning(document, schema, done);
    pruning.component(schema, [schema]);
    if (!pruning.found) continue;
    const message = 'A schema is a part of itself for the same value, which says nothing; it is taken without that.';
    report.harmless([{ place: '', message, pointer: pointerTo('#/components/schemas', name) }]);
  }
}

class Pruning {
  found = false;
  readonly #document: Document;
  readonly #self: unknown;
  readonly #done: Set<unknown>;

  constructor(document: Document, self: unknown, done: Set<unknown>) {
    this.#document = document;
    this.#self = self;
    this.#done = done;
  }

  /** Looks through a component and what it is made of by `allOf`; `within` are those that it is a part of. */
  component(schema: unknown, within: readonly unknown[]): void {
    if (!isObject(schema) || this.#done.has(schema)) return;
    this.#part(schema as Part, within);
    this.#done.add(schema);
  }

  #part(part: Part, within: readonly unknown[]): void {
    this.#keep(part, 'allOf', (one) => {
      if (!isReference(one)) {
        if (isObject(one)) this.#part(one as Part, within);
        return true;
      }
      const target = this.#target(one);
      if (within.includes(target)) return false;
      this.component(target, [...within, target]);
      return true;
    });
    if (within.at(-1) === this.#self) this.#choices(part);
  }

  #choices(part: Part): void {
    for (const name of CHOICES) this.#keep(part, name, (branch) => !this.#isSelf(branch));
    for (const branch of CHOICES.flatMap((name) => part[name] ?? [])) {
      if (isObject(branch) && !isReference(branch)) this.#choices(branch as Part);
    }
  }

  /** Whether a branch asks for the component itself. */
  #isSelf(branch: unknown): boolean {
    if (isReference(branch)) return this.#target(branch) === this.#self;
    return isObject(branch) && ((branch as Part).allOf ?? []).some((one) => this.#isSelf(one));
  }

  #keep(part: Part, name: keyof Part, isKept: (one: unknown) => boolean): void {
    const all = part[name];
    if (!Array.isArray(all)) return;
    const kept = all.filter(isKept);
    if (kept.length === all.length) return;
    this.found = true;
    if (kept.length > 0) part[name] = kept;
    else delete part[name];
  }

  #target(node: unknown): unknown {
    return attempt(() => resolve<unknown>(this.#document, node as object));
  }
}
