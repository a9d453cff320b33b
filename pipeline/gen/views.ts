import { Circles, type Holder } from '../document/circles.ts';
import { defaultOf } from '../document/defaults.ts';
import { choiceOf } from '../document/discriminators.ts';
import { componentName, isObject, pointerTo, resolve } from '../document/references.ts';
import { partsOf } from '../document/schemas.ts';
import type { Document, Schema } from '../document/types.ts';
import { Narrowing } from './narrowing.ts';

/**
 * The side that sees a value. `answer`: an answer, without writeOnly members. `request`: a caller's request, without
 * readOnly members. `input`: the same as a handler gets it, with defaults filled in.
 */
export type View = 'answer' | 'request' | 'input';

interface Features {
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly default: boolean;
}

type Node = Record<string, unknown>;

/**
 * The schemas of a document as each view has them, in the form in which openapi-typescript makes the right types of
 * them. A component that all views share stays one; one that holds readOnly, writeOnly or default members, at any
 * depth, gets a variant for each view that differs: `Pet`, `Pet.request`, `Pet.input`.
 */
export class Views {
  readonly #document: Document;
  readonly #features: ReadonlyMap<string, Features>;
  readonly #answered: ReadonlySet<string>;
  readonly #narrowing: Narrowing;
  readonly #circles: Circles;
  readonly #variants = new Map<string, unknown>();
  readonly #is30: boolean;

  /** `answered` are the components that answers reach. */
  constructor(document: Document, answered: ReadonlySet<string>) {
    this.#document = document;
    this.#features = featuresOf(document);
    this.#answered = answered;
    this.#narrowing = new Narrowing(document);
    this.#circles = new Circles(document);
    this.#is30 = document.openapi.startsWith('3.0');
  }

  /** All components that are needed, variants among them. */
  components(): Record<string, unknown> {
    const own = Object.entries(this.#document.components?.schemas ?? {}).map(
      ([name, schema]) =>
        [name, this.component(name, schema, this.#answered.has(name) ? 'answer' : 'request')] as const,
    );
    // Making one may ask for others. A component may be called `__proto__`.
    return Object.fromEntries([...own, ...this.#variants]);
  }

  /** Adds a component of a name that is free. Answers its reference. */
  add(name: string, schema: unknown): string {
    const schemas = this.#document.components?.schemas ?? {};
    let free = name;
    for (let count = 2; Object.hasOwn(schemas, free) || this.#variants.has(free); count++) free = `${name}${count}`;
    this.#variants.set(free, schema);
    return pointerTo('#/components/schemas', free);
  }

  component(name: string, schema: Schema, view: View): unknown {
    const narrowed = this.#narrowing.child(name, schema);
    return this.schema(narrowed, view, new Set(), { schema, way: 'all' });
  }

  /** Whether the handler's view of a schema differs from the caller's. */
  hasDefaults(node: unknown): boolean {
    return this.#reach(node).default;
  }

  /** `of` is the component that holds for the same value. */
  schema(node: unknown, view: View, excused: ReadonlySet<string> = new Set(), of?: Holder): unknown {
    if (node === true) return {};
    if (!isObject(node)) return node;
    if (typeof node.$ref === 'string') return this.#reference(node as Node & { $ref: string }, view, excused, of);
    return this.#object(node, view, excused, of);
  }

  #reference(node: Node & { $ref: string }, view: View, excused: ReadonlySet<string>, of?: Holder): unknown {
    const { $ref, ...beside } = node;
    const name = componentName('schemas', node);
    const isBare = name !== undefined && of !== undefined && this.#circles.back(node, of) === 'all';
    const variant = name === undefined ? undefined : isBare ? this.#bare(name, view) : this.#variant(name, view);
    const target = { $ref: variant === undefined ? $ref : pointerTo('#/components/schemas', variant) };
    const { description, deprecated, ...rest } = beside;
    const said = { ...(description !== undefined && { description }), ...(deprecated !== undefined && { deprecated }) };
    const means = Object.keys(rest).some((keyword) => !ANNOTATIONS.has(keyword) && !keyword.startsWith('x-'));
    // OpenAPI 3.0 gives no meaning to what stands beside a reference.
    if (this.#is30 || !means) return { ...said, ...target };
    return { ...said, allOf: [target, this.schema(rest, view, excused, of)] };
  }

  /** The name of a component without what leads back to one that is made of it. */
  #bare(name: string, view: View): string {
    const variant = `${name}.${view}.base`;
    const schema = this.#document.components?.schemas?.[name];
    if (!this.#variants.has(variant) && schema !== undefined) {
      this.#variants.set(variant, {});
      this.#variants.set(variant, this.schema(this.#circles.bare(schema), view));
    }
    return variant;
  }

  /** The name under which a view has a component. */
  #variant(name: string, view: View): string {
    const { readOnly, writeOnly, default: defaults } = this.#features.get(name) ?? NOTHING;
    const base: View = this.#answered.has(name) ? 'answer' : 'request';
    const differs = readOnly || writeOnly;
    const wanted: View = view === 'input' && !defaults ? 'request' : view;
    if (wanted === base || (wanted !== 'input' && !differs)) return name;
    const variant = `${name}.${wanted}`;
    if (!this.#variants.has(variant) && !Object.hasOwn(this.#document.components?.schemas ?? {}, variant)) {
      this.#variants.set(variant, {});
      const schema = this.#document.components?.schemas?.[name];
      if (schema) this.#variants.set(variant, this.component(name, schema, wanted));
    }
    return variant;
  }

  #object(node: Node, view: View, excused: ReadonlySet<string>, of?: Holder): unknown {
    const made: Node = { ...node };
    const hidden = new Set([...excused, ...this.#hidden(node, view)]);
    delete made.discriminator;
    if (Array.isArray(node.allOf) && node.allOf.length === 0) delete made.allOf;
    // openapi-typescript takes the values of an enum of objects for schemas, also where other types stand beside.
    if (Array.isArray(node.enum) && (node.enum.length === 0 || [node.type].flat().includes('object'))) delete made.enum;
    if (node.const === null) {
      delete made.const;
      made.type = 'null';
    }
    this.#members(node, made, view, hidden);
    if (Array.isArray(node.allOf)) made.allOf = this.#allOf(node, view, hidden, of);
    for (const name of ['oneOf', 'anyOf'] as const) {
      if (!Array.isArray(node[name])) continue;
      // The server fills in defaults where it knows which branch is meant.
      const inner = view === 'input' && !choiceOf(this.#document, node as Schema) ? 'request' : view;
      const among = of && { ...of, way: 'choice' as const };
      // A choice of itself allows nothing that its other branches don't.
      const others = node[name].filter((branch) => !among || this.#circles.back(branch, among) !== 'choice');
      const branches = this.#narrowing.branches(node as Schema, others);
      made[name] = branches.map((branch) => this.schema(branch, inner, hidden, among));
    }
    for (const name of ['items', 'not', 'additionalProperties', 'contains', 'propertyNames'] as const) {
      if (isObject(made[name])) made[name] = this.schema(node[name], view);
    }
    if (made.items === true) delete made.items;
    if (Array.isArray(node.prefixItems)) made.prefixItems = node.prefixItems.map((item) => this.schema(item, view));
    for (const name of ['patternProperties', '$defs'] as const) {
      if (isObject(node[name])) made[name] = this.#mapped(node[name], view);
    }
    return opened(made);
  }

  #mapped(map: Node, view: View): Node {
    return Object.fromEntries(Object.entries(map).map(([name, part]) => [name, this.schema(part, view)]));
  }

  #members(node: Node, made: Node, view: View, hidden: ReadonlySet<string>): void {
    const required = new Set(Array.isArray(node.required) ? node.required.filter((name) => !hidden.has(name)) : []);
    if (isObject(node.properties)) {
      const shown = Object.entries(node.properties).filter(([name]) => !hidden.has(name));
      made.properties = this.#mapped(Object.fromEntries(shown), view);
      if (view === 'input') for (const [name, member] of shown) if (this.#defaults(member)) required.add(name);
    }
    if (required.size > 0) made.required = [...required];
    else delete made.required;
  }

  /** A value of an `allOf` is null only where all parts allow it. */
  #allOf(node: Node, view: View, hidden: ReadonlySet<string>, of?: Holder): unknown[] {
    const parts = (node.allOf as unknown[]).map((part) => closed(part, this.schema(part, view, hidden, of)));
    const own = node.type !== undefined || node.properties !== undefined;
    const all = [...(node.allOf as unknown[]), ...(own ? [node] : [])];
    const nullable = all.map((part) => this.#isNullable(part));
    if (nullable.every(Boolean) || !nullable.some(Boolean)) return parts;
    return parts.map((part, index) => {
      if (!nullable[index]) return part;
      const target = this.#follow((node.allOf as unknown[])[index]);
      return withoutNull(this.schema(target, view, hidden) as Node);
    });
  }

  #isNullable(node: unknown): boolean {
    const { nullable, type, oneOf, anyOf } = this.#follow(node);
    const branches = (oneOf ?? anyOf) as unknown[] | undefined;
    const isNull = (branch: unknown) => isObject(branch) && branch.type === 'null';
    return nullable === true || [type].flat().includes('null') || (branches ?? []).some(isNull);
  }

  #hidden(node: Node, view: View): string[] {
    const mark = view === 'answer' ? 'writeOnly' : 'readOnly';
    return this.#parts(node).flatMap(({ properties }) =>
      Object.entries(properties ?? {})
        .filter(([, member]) => this.#isMarked(member, mark))
        .map(([name]) => name),
    );
  }

  #isMarked(member: unknown, mark: 'readOnly' | 'writeOnly'): boolean {
    if (!isObject(member)) return false;
    const marks = this.#parts(member).some((part) => part[mark] === true);
    return marks || (!this.#is30 && member[mark] === true);
  }

  #defaults = (member: unknown): boolean => defaultOf(this.#document, member) !== undefined;

  #parts(node: unknown): Schema[] {
    return isObject(node) ? partsOf(this.#document, node) : [];
  }

  #follow(node: unknown): Node {
    const found = resolve<unknown>(this.#document, node);
    return isObject(found) ? found : {};
  }

  #reach(node: unknown): Features {
    let [readOnly, writeOnly, defaults] = [false, false, false];
    scan(node, {
      member: (member) => {
        readOnly ||= this.#isMarked(member, 'readOnly');
        writeOnly ||= this.#isMarked(member, 'writeOnly');
        defaults ||= this.#defaults(member);
      },
      reference: (name) => {
        const features = this.#features.get(name);
        readOnly ||= features?.readOnly === true;
        writeOnly ||= features?.writeOnly === true;
        defaults ||= features?.default === true;
      },
    });
    return { readOnly, writeOnly, default: defaults };
  }
}

const NOTHING: Features = { readOnly: false, writeOnly: false, default: false };

const ANNOTATIONS = new Set(
  'title summary description default example examples deprecated readOnly writeOnly externalDocs xml'.split(' '),
);

/** An object that names no members is open to any; beside named ones, the others may be of any of the types. */
function opened(schema: Node): Node {
  const { type, properties, additionalProperties, patternProperties, allOf, oneOf, anyOf } = schema;
  const isPlain = [properties, patternProperties, allOf, oneOf, anyOf].every((part) => part === undefined);
  const isEmpty = isObject(properties) && Object.keys(properties).length === 0;
  if (
    [type].flat().includes('object') &&
    additionalProperties === undefined &&
    (isPlain || (isEmpty && !allOf && !oneOf && !anyOf))
  ) {
    return { ...schema, additionalProperties: {} };
  }
  if (!isObject(additionalProperties) || !isObject(properties) || isEmpty) return schema;
  // TypeScript wants named members to be of the index's type too.
  const all = [additionalProperties, ...Object.values(properties)];
  const distinct = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  const isAny = Object.keys(additionalProperties).length === 0;
  return { ...schema, additionalProperties: isAny || distinct.length > MAX_UNION ? {} : { anyOf: distinct } };
}

/** A part of an `allOf` that says no more than `type: object` opens nothing. */
function closed(written: unknown, viewed: unknown): unknown {
  const says = isObject(written) ? Object.keys(written).filter((keyword) => !ANNOTATIONS.has(keyword)) : [];
  return says.join() === 'type' && isObject(viewed) && viewed.type === 'object' ? {} : viewed;
}

const MAX_UNION = 8;

function withoutNull(schema: Node): Node {
  const { nullable: _nullable, type, oneOf, anyOf, ...rest } = schema;
  const types = [type].flat().filter((one) => one !== 'null' && one !== undefined);
  const kept = (branches: unknown) =>
    (branches as unknown[]).filter((branch) => !(isObject(branch) && branch.type === 'null'));
  return {
    ...rest,
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(Array.isArray(oneOf) && { oneOf: kept(oneOf) }),
    ...(Array.isArray(anyOf) && { anyOf: kept(anyOf) }),
  };
}

interface Seen {
  readonly member: (schema: unknown) => void;
  /** Of a component schema. */
  readonly reference: (name: string) => void;
}

const SINGLE = ['items', 'not', 'additionalProperties', 'contains', 'propertyNames', 'if', 'then', 'else'];
const LISTS = ['allOf', 'oneOf', 'anyOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];

/** Goes through a schema, but not into other components. */
export function scan(node: unknown, seen: Seen): void {
  if (!isObject(node)) return;
  const name = componentName('schemas', node);
  if (name !== undefined) seen.reference(name);
  for (const part of SINGLE) scan(node[part], seen);
  for (const list of LISTS) if (Array.isArray(node[list])) for (const part of node[list]) scan(part, seen);
  for (const map of MAPS) {
    if (!isObject(node[map])) continue;
    for (const part of Object.values(node[map])) {
      if (map === 'properties') seen.member(part);
      scan(part, seen);
    }
  }
}

/** The members of each component, at any depth and through other components. */
function featuresOf(document: Document): Map<string, Features> {
  const schemas = Object.entries(document.components?.schemas ?? {});
  const found = new Map<string, { readOnly: boolean; writeOnly: boolean; default: boolean }>();
  const users = new Map<string, Set<string>>();
  for (const [name, schema] of schemas) {
    const features = { ...NOTHING } as { readOnly: boolean; writeOnly: boolean; default: boolean };
    found.set(name, features);
    scan(schema, {
      member: (member) => {
        features.default ||= defaultOf(document, member) !== undefined;
        for (const part of isObject(member) ? [member as Schema, ...partsOf(document, member)] : []) {
          features.readOnly ||= part.readOnly === true;
          features.writeOnly ||= part.writeOnly === true;
        }
      },
      reference: (target) => users.set(target, (users.get(target) ?? new Set()).add(name)),
    });
  }
  const waiting = [...found.keys()];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const features = found.get(name);
    for (const user of users.get(name) ?? []) {
      const its = found.get(user);
      if (!features || !its) continue;
      const before = `${its.readOnly}${its.writeOnly}${its.default}`;
      its.readOnly ||= features.readOnly;
      its.writeOnly ||= features.writeOnly;
      its.default ||= features.default;
      if (before !== `${its.readOnly}${its.writeOnly}${its.default}`) waiting.push(user);
    }
  }
  return found;
}
