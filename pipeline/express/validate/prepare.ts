import { isObject, isReference, pointed, resolve } from '../../document/references.ts';
import { defaultOf, partsOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import { discriminated } from './discriminator.ts';
import { keywordsOf } from './keywords.ts';
import { attempt, type Prepared, type Report } from './prepared.ts';

/** Whose schemas: what a caller sends has no readOnly members, an answer no writeOnly ones. */
export type View = 'request' | 'response';

/**
 * Makes schemas of a document into ones that the validator compiles, whatever the document says.
 *
 * The validator's own reading stumbles over references into parts of components, over `$id` and `$anchor`, and over
 * whatever looks like a schema within an example. Here every reference leads to a part that was prepared for it, only
 * keywords of JSON Schema remain, and OpenAPI 3.0 is written as 3.1, so that one dialect is compiled.
 */
export class Preparation {
  readonly document: Document;
  readonly view: View;
  readonly #report: Report;
  readonly #is30: boolean;
  readonly #names = new Map<string, string>();
  /** Every part that was prepared, by its name in `#/components/parts/`. */
  readonly #parts = new Map<string, Prepared>();
  readonly #inside = new Map<string, Set<string>>();

  constructor(document: Document, view: View, report: Report) {
    this.document = document;
    this.view = view;
    this.#report = report;
    this.#is30 = document.openapi.startsWith('3.0');
  }

  /** A schema prepared, and the parts that it reaches. */
  root(node: unknown): { readonly schema: Prepared; readonly parts: Record<string, Prepared> } {
    const used = new Set<string>();
    const schema = this.schema(node, NONE, used);
    const waiting = [...used];
    const parts: Record<string, Prepared> = {};
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (Object.hasOwn(parts, name)) continue;
      parts[name] = this.#parts.get(name) ?? true;
      waiting.push(...(this.#inside.get(name) ?? []));
    }
    return { schema, parts };
  }

  /** `excused` are members that may be absent although they are required: this view doesn't have them. */
  schema(node: unknown, excused: ReadonlySet<string>, used: Set<string>): Prepared {
    if (typeof node === 'boolean') return node;
    if (!isObject(node)) return true;
    if (isReference(node)) return this.#referring(node, excused, used);
    return this.#nullable(node as Schema, this.#object(node as Schema, excused, used));
  }

  #referring(node: Schema & { readonly $ref: string }, excused: ReadonlySet<string>, used: Set<string>): Prepared {
    const { $ref, ...siblings } = node;
    const target = this.#part($ref, excused, used);
    // OpenAPI 3.0 gives no meaning to what stands beside a reference.
    if (this.#is30 || Object.keys(siblings).length === 0) return target;
    const beside = this.schema(siblings, excused, used);
    if (beside === true || (isObject(beside) && Object.keys(beside).length === 0)) return target;
    return { allOf: [target, beside] };
  }

  #part(ref: string, excused: ReadonlySet<string>, used: Set<string>): Prepared {
    const key = excused.size === 0 ? ref : `${ref} ${JSON.stringify([...excused].sort())}`;
    let name = this.#names.get(key);
    if (name === undefined) {
      name = String(this.#names.size);
      this.#names.set(key, name);
      const inside = new Set<string>();
      this.#inside.set(name, inside);
      this.#parts.set(name, this.schema(this.#target(ref), excused, inside));
    }
    used.add(name);
    return { $ref: `#/components/parts/${name}` };
  }

  #target(ref: string): unknown {
    try {
      if (ref.startsWith('#') && !ref.startsWith('#/')) return this.#anchored(ref.slice(1));
      return resolve(this.document, pointed(this.document, ref));
    } catch (error) {
      this.#report(`${(error as Error).message} Any value is taken there.`);
      return true;
    }
  }

  #anchored(anchor: string): unknown {
    const found = findAnchor(this.document.components?.schemas, anchor);
    if (found === undefined) this.#report(`There is no anchor ${anchor} in the document. Any value is taken there.`);
    return found ?? true;
  }

  #object(node: Schema, excused: ReadonlySet<string>, used: Set<string>): Record<string, unknown> {
    const hidden = this.#hidden(node, excused);
    const inner = (child: unknown): Prepared => this.schema(child, NONE, used);
    const same = (child: unknown): Prepared => this.schema(child, hidden, used);
    const branches = discriminated(this.document, node, same, inner);
    const { oneOf: _one, anyOf: _any, ...without } = node;
    const source: Schema = branches === undefined ? node : without;
    const made = keywordsOf(source, { inner, same, member: (child) => this.#member(child, used) }, this.#report);
    if (Array.isArray(made.required)) {
      made.required = made.required.filter((name) => !hidden.has(String(name)));
    }
    if (typeof node.$dynamicRef === 'string')
      made.allOf = [...listOf(made.allOf), this.#part(node.$dynamicRef, NONE, used)];
    if (branches !== undefined) made.allOf = [...listOf(made.allOf), ...branches];
    return made;
  }

  /** A member's schema. The compiler fills in a default only where it stands in the member itself. */
  #member(node: unknown, used: Set<string>): Prepared {
    const prepared = this.schema(node, NONE, used);
    if (this.view === 'response' || !isObject(prepared)) return prepared;
    if (this.#isMarked(node, 'readOnly')) {
      // Filled in, it would be refused as if the caller had sent it.
      const { default: _, ...rest } = prepared;
      return rest;
    }
    if (prepared.default !== undefined) return prepared;
    const value = reachedDefault(this.document, node);
    return value === undefined ? prepared : { ...prepared, default: value };
  }

  /** The members that this view leaves out, of this schema and those that hold for the same value. */
  #hidden(node: Schema, excused: ReadonlySet<string>): ReadonlySet<string> {
    const mark = this.view === 'request' ? 'readOnly' : 'writeOnly';
    const found = new Set(excused);
    for (const { properties } of attempt(() => partsOf(this.document, node)) ?? []) {
      for (const [name, member] of Object.entries(properties ?? {})) {
        if (this.#isMarked(member, mark)) found.add(name);
      }
    }
    return found.size === 0 ? NONE : found;
  }

  #isMarked(member: unknown, mark: 'readOnly' | 'writeOnly'): boolean {
    if (!isObject(member)) return false;
    if (isReference(member) && !this.#is30 && (member as Schema)[mark] === true) return true;
    return (attempt(() => partsOf(this.document, member)) ?? []).some((part) => part[mark] === true);
  }

  /** `nullable` is OpenAPI 3.0's, and also stands beside no type, or beside values without null. */
  #nullable(node: Schema, made: Record<string, unknown>): Prepared {
    if (node.nullable !== true) return made;
    const { type, enum: values } = made;
    const isPlain = !['allOf', 'anyOf', 'oneOf', 'not', 'const', 'if', 'readOnly', 'writeOnly'].some(
      (word) => word in made,
    );
    if (type === undefined || !isPlain) {
      const { default: value, ...rest } = made;
      return { anyOf: [{ type: 'null' }, rest], ...(value !== undefined && { default: value }) };
    }
    return {
      ...made,
      type: [...new Set([type, 'null'].flat())],
      ...(Array.isArray(values) && !values.includes(null) && { enum: [...values, null] }),
    };
  }
}

const NONE: ReadonlySet<string> = new Set();

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The default of a schema that is a reference, or a single `allOf`, to the one that has it. */
const reachedDefault = (document: Document, node: unknown): unknown =>
  attempt(() => partsOf(document, node))
    ?.map(defaultOf)
    .find((value) => value !== undefined);

function findAnchor(node: unknown, anchor: string): unknown {
  if (Array.isArray(node)) {
    for (const part of node) {
      const found = findAnchor(part, anchor);
      if (found !== undefined) return found;
    }
  } else if (isObject(node)) {
    if (node.$anchor === anchor || node.$dynamicAnchor === anchor) return node;
    return findAnchor(Object.values(node), anchor);
  }
  return undefined;
}
