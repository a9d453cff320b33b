import { isDeepStrictEqual } from 'node:util';
import { isObject, pointerTo } from '../../document/references.ts';
import { partsOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import { set } from '../../document/values.ts';
import type { View } from '../validate/prepare.ts';
import { type Combined, combined } from './combined.ts';
import { numbersOf, textsOf } from './scalars.ts';
import { worldsOf } from './worlds.ts';

/** Whether what the document itself gives as an example is taken, and whether what may be left out is there. */
export interface Wish {
  readonly examples: boolean;
  readonly optional: boolean;
}

const MAX_DEPTH = 8;
/** Beyond as many values, what may be left out is left out; beyond a part of them, what holds itself is not repeated. */
const MAX_NODES = 3000;
const MAX_REPEATED = 300;
const MAX_WORLDS = 100;
const MAX_VARIANTS = 60;

/** The places where a value went wrong before. */
interface Care {
  /** Places where every value must be checked against its schema. */
  readonly suspects: ReadonlySet<string>;
  /** The suspects and everything that contains one. The document's own examples aren't used there. */
  readonly around: ReadonlySet<string>;
  readonly fits: (schema: unknown, value: unknown) => boolean;
}

/** The schemas of each level above a value. */
type Within = readonly (readonly Schema[])[];

/** Makes a value of a schema. At the places that are suspected to go wrong, it takes the first way that fits. */
export class Maker {
  readonly #document: Document;
  readonly #view: View;
  readonly #wish: Wish;
  readonly #care: Care;
  #nodes = 0;

  constructor(document: Document, view: View, wish: Wish, care: Care) {
    this.#document = document;
    this.#view = view;
    this.#wish = wish;
    this.#care = care;
  }

  /** `path` is a JSON pointer into the whole value. Undefined where there is none, such as of a schema that holds itself. */
  value(node: unknown, path: string, within: Within): unknown {
    const isSuspect = this.#isSuspect(path);
    let first: { readonly value: unknown } | undefined;
    for (const value of this.#candidates(node, path, within)) {
      if (!isSuspect || this.#care.fits(node, value)) return value;
      first ??= { value };
    }
    return first?.value;
  }

  #isSuspect(path: string): boolean {
    return this.#care.suspects.has(path);
  }

  *#candidates(node: unknown, path: string, within: Within): Generator<unknown> {
    if (node === false) return;
    const parts = partsOf(this.#document, node);
    const above = Math.max(0, ...parts.map((part) => within.filter((level) => level.includes(part)).length));
    if (above > (this.#nodes > MAX_REPEATED ? 0 : 1) || within.length > MAX_DEPTH * 3) return;
    if (this.#isSuspect(path) || !this.#care.around.has(path)) yield* this.#given(parts);
    this.#nodes += 1;
    const inside = [...within, parts];
    const objects: { readonly value: object; readonly held: Combined }[] = [];
    let count = 0;
    for (const world of worldsOf(this.#document, node)) {
      const held = combined(this.#document, world);
      if (held.values === undefined) yield* this.#ofTypes(held, path, inside, objects);
      else yield* [...held.values.filter((value) => value !== null), ...held.values.filter((value) => value === null)];
      if (++count > MAX_WORLDS) break;
    }
    for (const { value, held } of objects) yield* variants(value, held);
  }

  /** The schema's own values: its examples, then those of the schemas it refers to, then defaults. */
  *#given(parts: readonly Schema[]): Generator<unknown> {
    // Beside other parts, one's example is half of the value.
    const own = parts.length <= 2 ? parts : parts.slice(0, 1);
    if (this.#wish.examples) {
      for (const { example, examples } of own) {
        if (example !== undefined) yield example;
        if (Array.isArray(examples)) yield* examples;
      }
    }
    for (const { default: value } of own) if (value !== undefined && value !== null) yield value;
  }

  *#ofTypes(
    held: Combined,
    path: string,
    within: Within,
    objects: { readonly value: object; readonly held: Combined }[],
  ): Generator<unknown> {
    const types = held.types ?? new Set(impliedType(held, within));
    const has = (type: string) => types.has(type);
    if (has('object')) {
      const value = this.#object(held, path, within);
      objects.push({ value, held });
      yield value;
    }
    if (has('array')) yield this.#array(held, path, within);
    if (has('string')) yield* textsOf(held);
    if (has('integer')) yield* numbersOf(held, true);
    if (has('number')) yield* numbersOf(held, false);
    if (has('boolean')) yield* [true, false];
    if (has('null')) yield null;
  }

  #object(held: Combined, path: string, within: Within): object {
    const value: Record<string, unknown> = {};
    const isDeep = within.length > MAX_DEPTH || this.#nodes > MAX_NODES || !this.#wish.optional;
    const most = held.most('maxProperties') ?? Number.POSITIVE_INFINITY;
    const names = [...held.members.keys()];
    for (const name of [
      ...names.filter((one) => held.required.has(one)),
      ...names.filter((one) => !held.required.has(one)),
    ]) {
      const schema = held.members.get(name);
      const isRequired = held.required.has(name);
      if (this.#isHidden(schema) || (!isRequired && (isDeep || Object.keys(value).length >= most))) continue;
      const at = pointerTo(path, name);
      const one = this.value(schema, at, within);
      if (one === undefined || (!isRequired && this.#isSuspect(at) && !this.#care.fits(schema, one))) continue;
      set(value, name, one);
    }
    for (const name of held.required) {
      if (!held.members.has(name)) set(value, name, this.#any(held.others, pointerTo(path, name), within));
    }
    this.#others(held, path, within, value);
    const sorted = [...names, ...Object.keys(value)].filter((name) => Object.hasOwn(value, name));
    return Object.fromEntries(sorted.map((name) => [name, value[name]]));
  }

  /** Members that the schema does not name: as many as there have to be, and one to show where it names none. */
  #others(held: Combined, path: string, within: Within, value: Record<string, unknown>): void {
    const [[pattern, matched] = []] = held.byPattern;
    const schema = pattern === undefined ? held.others : matched;
    if (schema === false) return;
    const isShown =
      held.members.size === 0 && this.#wish.optional && isObject(schema) && Object.keys(schema).length > 0;
    const least = Math.max(held.least('minProperties') ?? 0, isShown && held.most('maxProperties') !== 0 ? 1 : 0);
    const named = { type: 'string', ...(pattern !== undefined && { pattern }), allOf: [held.names] };
    for (let count = 1; Object.keys(value).length < least && count <= least * 2; count++) {
      const name = String(this.#another(named, path, within, Object.keys(value)));
      const member = this.#any(schema, pointerTo(path, name), within);
      if (member !== undefined) set(value, name, member);
    }
  }

  #isHidden(schema: unknown): boolean {
    const mark = this.#view === 'response' ? 'writeOnly' : 'readOnly';
    return partsOf(this.#document, schema).some((part) => part[mark] === true);
  }

  #array(held: Combined, path: string, within: Within): unknown[] {
    const most = held.most('maxItems') ?? Number.POSITIVE_INFINITY;
    const isDeep = within.length > MAX_DEPTH || !this.#wish.optional;
    const wanted = Math.min(Math.max(held.least('minItems') ?? 0, isDeep ? 0 : 1), most);
    const list: unknown[] = [];
    const add = (schema: unknown): boolean => {
      const at = pointerTo(path, list.length);
      const item =
        held.isUnique && list.length > 0 ? this.#another(schema, at, within, list) : this.#any(schema, at, within);
      if (item !== undefined) list.push(item);
      return item !== undefined;
    };
    for (const schema of held.first.slice(0, most)) add(schema);
    for (const schema of held.contains)
      for (let count = held.least('minContains') ?? 1; count > 0 && add(schema); count--);
    while (held.items !== false && list.length < wanted && add(held.items));
    return list;
  }

  /** An item that the list does not have. */
  #another(schema: unknown, path: string, within: Within, list: readonly unknown[]): unknown {
    const isNew = (value: unknown) => !list.some((one) => isDeepStrictEqual(one, value));
    for (const value of this.#candidates(schema, path, within)) {
      if (isNew(value)) return value;
      const other = varied(value, list.length);
      if (isNew(other) && this.#care.fits(schema, other)) return other;
    }
    return undefined;
  }

  /** A value of a schema that may say nothing. */
  #any(schema: unknown, path: string, within: Within): unknown {
    return schema === false ? 'any' : this.value(schema, path, within);
  }
}

/** The type that keywords speak of where no type is given. */
function impliedType(held: Combined, within: Within): string[] {
  if (held.members.size > 0 || held.required.size > 0 || held.least('minProperties') !== undefined) return ['object'];
  if (held.first.length > 0 || held.contains.length > 0 || (isObject(held.items) && Object.keys(held.items).length > 0))
    return ['array'];
  if (held.least('minimum') !== undefined || held.most('maximum') !== undefined || held.steps.length > 0)
    return ['number'];
  const isOfText = held.patterns.length + held.formats.length > 0 || held.least('minLength') !== undefined;
  return isOfText || within.length > 1 ? ['string', 'object'] : ['object', 'string'];
}

/** Another value of the same form. */
function varied(value: unknown, index: number): unknown {
  if (typeof value === 'number') return value + index;
  if (typeof value === 'string') return `${value}${index}`;
  if (Array.isArray(value)) return value.map((item) => varied(item, index));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, varied(member, index)]));
  return value;
}

/** An object with other members left out: one of them, all but one of them, or all. Of two branches, one may then fit. */
function* variants(value: object, { required }: Combined): Generator<object> {
  const needed = Object.entries(value).filter(([name]) => required.has(name));
  const others = Object.entries(value).filter(([name]) => !required.has(name));
  for (const [name] of others.slice(0, MAX_VARIANTS)) {
    yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  }
  for (const other of others.slice(0, MAX_VARIANTS)) yield Object.fromEntries([...needed, other]);
  yield Object.fromEntries(needed);
}
