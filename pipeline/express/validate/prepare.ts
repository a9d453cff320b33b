import { distinctBranches } from '../../document/branches.ts';
import { Circles, type Holder } from '../../document/circles.ts';
import { defaultOf } from '../../document/defaults.ts';
import { choiceOf } from '../../document/discriminators.ts';
import { attempt, isObject, isReference, pointed, resolve } from '../../document/references.ts';
import { partsOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import { discriminated } from './discriminator.ts';
import { keywordsOf } from './keywords.ts';
import { type Prepared, partId, type Report } from './prepared.ts';

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
  /** Whether a schema names a member as every object inherits it (`constructor`), which is there and was not sent. */
  namesInherited = false;
  readonly #report: Report;
  readonly #is30: boolean;
  readonly #names = new Map<string, string>();
  /** Every part that was prepared, by its name. */
  readonly #parts = new Map<string, Prepared>();
  readonly #inside = new Map<string, Set<string>>();
  readonly #circles: Circles;
  /** The objects that wrap the parts of a request. They are no schemas of the document. */
  #frames: ReadonlySet<unknown> = new Set();
  /** Whether defaults are filled in: not within a branch that may not be the one that is meant. */
  #fills = true;

  constructor(document: Document, view: View, report: Report) {
    this.document = document;
    this.view = view;
    this.#report = report;
    this.#circles = new Circles(document);
    this.#is30 = document.openapi.startsWith('3.0');
  }

  /**
   * A schema prepared, and the parts that it reaches. `frames` are objects whose members are parameters and bodies:
   * `readOnly` and `writeOnly` are about members of objects alone.
   */
  root(
    node: unknown,
    frames: readonly unknown[],
  ): { readonly schema: Prepared; readonly parts: Record<string, Prepared> } {
    const used = new Set<string>();
    this.#frames = new Set(frames);
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

  /**
   * `excused` are members that may be absent although they are required: this view doesn't have them. `of` is the
   * component that holds for the same value.
   */
  schema(node: unknown, excused: ReadonlySet<string>, used: Set<string>, of?: Holder): Prepared {
    if (typeof node === 'boolean') return node;
    if (!isObject(node)) return true;
    if (isReference(node)) return this.#referring(node, excused, used, of);
    return this.#nullable(node as Schema, this.#object(node as Schema, excused, used, of));
  }

  #referring(
    node: Schema & { readonly $ref: string },
    excused: ReadonlySet<string>,
    used: Set<string>,
    of?: Holder,
  ): Prepared {
    const { $ref, ...siblings } = node;
    const back = of && this.#circles.back(node, of);
    // A choice of itself allows nothing that its other branches don't.
    const target = back === 'choice' ? false : this.#part($ref, excused, used, back === 'all');
    // OpenAPI 3.0 gives no meaning to what stands beside a reference.
    if (this.#is30 || Object.keys(siblings).length === 0) return target;
    const beside = this.schema(siblings, excused, used, of);
    if (beside === true || (isObject(beside) && Object.keys(beside).length === 0)) return target;
    return { allOf: [target, beside] };
  }

  /** `bare` is a schema without what leads back to one that is made of it. */
  #part(ref: string, excused: ReadonlySet<string>, used: Set<string>, bare = false): Prepared {
    const key = `${ref} ${bare ? 'bare ' : ''}${this.#fills ? '' : 'as sent '}${excused.size === 0 ? '' : JSON.stringify([...excused].sort())}`;
    let name = this.#names.get(key);
    if (name === undefined) {
      name = String(this.#names.size);
      this.#names.set(key, name);
      const inside = new Set<string>();
      this.#inside.set(name, inside);
      const target = this.#target(ref);
      const schema = bare && isObject(target) ? this.#circles.bare(target as Schema) : target;
      const of = isObject(target) && !bare ? { schema: target as Schema, way: 'all' as const } : undefined;
      this.#parts.set(name, this.schema(schema, excused, inside, of));
    }
    used.add(name);
    return { $ref: partId(name) };
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

  #object(node: Schema, excused: ReadonlySet<string>, used: Set<string>, of?: Holder): Record<string, unknown> {
    const isFrame = this.#frames.has(node);
    const hidden = isFrame ? NONE : this.#hidden(node, excused);
    const inner = (child: unknown): Prepared => this.schema(child, NONE, used);
    const part = (child: unknown): Prepared => this.schema(child, hidden, used, of);
    const same = (child: unknown): Prepared => this.schema(child, hidden, used, of && { ...of, way: 'choice' });
    const perhaps = (child: unknown): Prepared => (isOnly(node, child) ? same(child) : this.#asSent(() => same(child)));
    const branches = this.#isTold(node) ? discriminated(this.document, node, same, inner) : undefined;
    const source = branches === undefined ? this.#choosing(node) : withoutChoice(node);
    const made = keywordsOf(
      source,
      { inner, same, perhaps, part, member: (child) => this.#member(child, used, isFrame) },
      this.#report,
    );
    const names = [...Object.keys(node.properties ?? {}), ...listOf(node.required)];
    this.namesInherited ||= names.some((name) => String(name) in Object.prototype);
    if (Array.isArray(made.required)) {
      made.required = made.required.filter((name) => !hidden.has(String(name)));
    }
    if (typeof node.$dynamicRef === 'string')
      made.allOf = [...listOf(made.allOf), this.#part(node.$dynamicRef, NONE, used)];
    if (branches !== undefined) made.allOf = [...listOf(made.allOf), ...branches];
    return made;
  }

  /** The compiler would fill in the defaults of a branch before it finds that the branch does not fit. */
  #asSent(prepare: () => Prepared): Prepared {
    const before = this.#fills;
    // Nothing is filled into an answer, whose parts would be prepared twice for nothing.
    this.#fills &&= this.view === 'response';
    try {
      return prepare();
    } finally {
      this.#fills = before;
    }
  }

  /** A schema whose `oneOf` can be met: of branches that a value could not tell apart, any may fit. */
  #choosing(node: Schema): Schema {
    if (!Array.isArray(node.oneOf)) return node;
    const { oneOf: all, ...rest } = node;
    const oneOf = distinctBranches(this.document, all) as Schema[];
    return this.#isBlurred(oneOf) && !node.anyOf ? { ...rest, anyOf: oneOf } : { ...rest, oneOf };
  }

  /** Whether this view has the member that tells the branches of a choice apart. */
  #isTold(node: Schema): boolean {
    const choice = choiceOf(this.document, node);
    if (choice === undefined) return true;
    const { propertyName } = choice.discriminator;
    return !choice.branches.some(({ schema }) => this.#hidden({ allOf: [schema as Schema] }, NONE).has(propertyName));
  }

  /** Whether branches have members that this view leaves out: a value may then fit several that the whole one would not. */
  #isBlurred(branches: readonly Schema[]): boolean {
    return branches.some((branch) => this.#hidden({ allOf: [branch] }, NONE).size > 0);
  }

  /** A member's schema. The compiler sees defaults and marks only where they stand in the member itself. */
  #member(node: unknown, used: Set<string>, isWhole: boolean): Prepared {
    const prepared = this.schema(node, NONE, used);
    if (!isObject(prepared)) return prepared;
    // A default of a readOnly member, filled in, would be refused as if the caller had sent it.
    if (!isWhole && this.#isMarked(node, this.#mark)) return { ...prepared, [this.#mark]: true };
    if (this.view === 'response' || !this.#fills) return prepared;
    const value = attempt(() => defaultOf(this.document, node));
    return value === undefined ? prepared : { ...prepared, default: value };
  }

  /** The members that this view leaves out, of this schema and those that hold for the same value. */
  #hidden(node: Schema, excused: ReadonlySet<string>): ReadonlySet<string> {
    const found = new Set(excused);
    for (const { properties } of attempt(() => partsOf(this.document, node)) ?? []) {
      for (const [name, member] of Object.entries(properties ?? {})) {
        if (this.#isMarked(member, this.#mark)) found.add(name);
      }
    }
    return found.size === 0 ? NONE : found;
  }

  /** The mark of members that this view does not have. */
  get #mark(): 'readOnly' | 'writeOnly' {
    return this.view === 'request' ? 'readOnly' : 'writeOnly';
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
    const isPlain = !['allOf', 'anyOf', 'oneOf', 'not', 'const', 'if'].some((word) => word in made);
    if (type === undefined || !isPlain) {
      return { if: { type: 'null' }, else: made };
    }
    return {
      ...made,
      type: [...new Set([type, 'null'].flat())],
      ...(Array.isArray(values) && !values.includes(null) && { enum: [...values, null] }),
    };
  }
}

/** Whether a branch is the only one but for null: where it does not fit, the value is refused. */
function isOnly({ oneOf, anyOf }: Schema, branch: unknown): boolean {
  const branches = [oneOf, anyOf].find((one) => one?.includes(branch as Schema)) ?? [];
  return branches.filter((one) => one === branch || !isObject(one) || one.type !== 'null').length === 1;
}

const withoutChoice = ({ oneOf: _one, anyOf: _any, ...rest }: Schema): Schema => rest;

const NONE: ReadonlySet<string> = new Set();

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

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
