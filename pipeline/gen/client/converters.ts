import { mappedValues } from '../../document/discriminators.ts';
import { identifierOf } from '../../document/identifiers.ts';
import { patternOf } from '../../document/patterns.ts';
import { componentName, isObject, resolve } from '../../document/references.ts';
import { partsOf, schemaOf } from '../../document/schemas.ts';
import type { Document } from '../../document/types.ts';
import { codeOf, literal, member, PURE } from '../text.ts';
import { kindOf, type ValueConfig } from './mapped.ts';

type Node = Record<string, unknown>;
const call = (name: string, ...args: readonly string[]) => `${PURE}values.${name}(${args.join(', ')})`;

/** The functions of the core that turn a value of JSON into the one that a caller has. */
export interface Leaves {
  readonly int64?: string | undefined;
  readonly dates?: string | undefined;
}

/**
 * Code that converts values by their schemas. Each component that holds such a value is a constant, so that components
 * may refer to each other.
 */
export class Converters {
  readonly #document: Document;
  readonly #config: ValueConfig;
  readonly #leaves: Leaves;
  readonly #name: (wish: string) => string;
  readonly #prefix: string;
  readonly #constants = new Map<string, { readonly name: string; code: string }>();
  readonly #holding = new Map<string, boolean>();

  constructor(document: Document, leaves: Leaves, prefix: string, name: (wish: string) => string) {
    this.#document = document;
    this.#leaves = leaves;
    this.#config = { ...(leaves.int64 && { int64: 'bigint' }), ...(leaves.dates && { dates: 'Date' }) };
    this.#prefix = prefix;
    this.#name = name;
  }

  /** The constants that the expressions refer to. */
  code(): string {
    return [...this.#constants.values()].map(({ name, code }) => `const ${name}: values.Convert = ${code};\n`).join('');
  }

  /** An expression that converts values of a schema; undefined where none has another form. */
  of(node: unknown): string | undefined {
    if (!isObject(node)) return undefined;
    const component = componentName('schemas', node);
    if (component !== undefined) return this.#component(component);
    if (typeof node.$ref === 'string') return this.of(resolve<unknown>(this.#document, node));
    const kind = kindOf(node, this.#config);
    const leaf = kind && this.#leaves[kind];
    const parts = [
      leaf && `values.${leaf}`,
      this.#members(node),
      this.#items(node),
      ...listOf(node.allOf).map((part) => this.of(part)),
      ...listOf(node.oneOf ?? node.anyOf).map((branch) => this.#branch(branch, node)),
    ].filter((part) => part !== undefined);
    return parts.length > 1 ? call('every', ...parts) : parts[0];
  }

  /** Whether a schema holds a value of another form, at any depth. */
  holds(node: unknown): boolean {
    return this.#isIn(node, new Set());
  }

  #component(name: string): string | undefined {
    if (!this.#holds(name, new Set())) return undefined;
    const known = this.#constants.get(name);
    // A constant is made after those of which it is made; only a circle needs one before.
    if (known) return known.code === '' ? call('later', `() => ${known.name}`) : known.name;
    const constant = { name: this.#name(identifierOf(`${this.#prefix} ${name}`)), code: '' };
    this.#constants.set(name, constant);
    const code = this.of(this.#document.components?.schemas?.[name]) ?? '';
    this.#constants.delete(name);
    this.#constants.set(name, { ...constant, code });
    return constant.name;
  }

  #holds(name: string, within: Set<string>): boolean {
    const known = this.#holding.get(name);
    if (known !== undefined) return known;
    if (within.has(name)) return false;
    const isFirst = within.size === 0;
    within.add(name);
    const found = this.#isIn(this.#document.components?.schemas?.[name], within);
    // Within a circle, an answer of no is not the last word.
    if (found) this.#holding.set(name, true);
    else if (isFirst) for (const one of within) this.#holding.set(one, false);
    return found;
  }

  #isIn(node: unknown, within: Set<string>): boolean {
    if (Array.isArray(node)) return node.some((one) => this.#isIn(one, within));
    if (!isObject(node)) return false;
    const component = componentName('schemas', node);
    if (component !== undefined) return this.#holds(component, within);
    if (kindOf(node, this.#config) !== undefined) return true;
    const maps = [node.properties, node.patternProperties].flatMap((map) => Object.values(isObject(map) ? map : {}));
    const others = [node.additionalProperties, node.items, node.prefixItems, node.allOf, node.oneOf, node.anyOf];
    return this.#isIn([...maps, ...others], within);
  }

  #members({ properties, patternProperties, additionalProperties }: Node): string | undefined {
    const named = this.#mapped(properties);
    const patterns = this.#mapped(patternProperties).flatMap(([pattern, code]) => {
      const expression = patternOf(pattern);
      return expression === undefined ? [] : [`[${codeOf(expression)}, ${code}]`];
    });
    const others = this.of(additionalProperties);
    if (named.length + patterns.length === 0 && others === undefined) return undefined;
    const known = Object.keys(isObject(properties) ? properties : {});
    // A named member without a converter is not one of the others.
    const kept = others === undefined ? [] : known.filter((name) => !named.some(([one]) => one === name));
    const all = [...named, ...kept.map((name): [string, string] => [name, 'values.same'])];
    const args = [`{ ${all.map(([name, code]) => `${keyed(name)}: ${code}`).join(', ')} }`];
    if (others !== undefined || patterns.length > 0) args.push(others ?? 'undefined');
    if (patterns.length > 0) args.push(`[${patterns.join(', ')}]`);
    return call('members', ...args);
  }

  #mapped(map: unknown): [string, string][] {
    return Object.entries(isObject(map) ? map : {}).flatMap(([name, node]): [string, string][] => {
      const code = this.of(node);
      return code === undefined ? [] : [[name, code]];
    });
  }

  #items({ items, prefixItems }: Node): string | undefined {
    const others = this.of(items);
    const first = listOf(prefixItems).map((item) => this.of(item) ?? 'undefined');
    if (first.every((code) => code === 'undefined') && others === undefined) return undefined;
    return call('items', others ?? 'undefined', ...(first.length > 0 ? [`[${first.join(', ')}]`] : []));
  }

  /** One of several schemas: it converts the objects that have the members that it requires, and the values it names. */
  #branch(branch: unknown, { discriminator }: Node): string | undefined {
    const code = this.of(branch);
    if (code === undefined) return undefined;
    const parts = partsOf(this.#document, branch);
    const required = [...new Set(parts.flatMap((part) => part.required ?? []))];
    const known = new Map<string, readonly unknown[]>();
    for (const [name, node] of parts.flatMap(({ properties }) => Object.entries(properties ?? {}))) {
      const { const: value, enum: all } = schemaOf(this.#document, node);
      if (value !== undefined) known.set(name, [value]);
      else if (all) known.set(name, all);
    }
    const { propertyName, mapping } = Object(discriminator);
    const component = componentName('schemas', branch);
    if (typeof propertyName === 'string' && component !== undefined && !known.has(propertyName)) {
      known.set(propertyName, meaning(component, mapping));
    }
    if (required.length + known.size === 0) return code;
    const members = [...known].map(([name, all]) => `${keyed(name)}: ${literal(all)}`);
    return call('where', literal(required), `{ ${members.join(', ')} }`, code);
  }
}

/** The values of a discriminator that mean a component (OpenAPI, 4.8.25). */
const meaning = (component: string, mapping: unknown): string[] => [
  component,
  ...mappedValues(component, isObject(mapping) ? (mapping as Record<string, string>) : {}),
];

const listOf = (list: unknown): unknown[] => (Array.isArray(list) ? list : []);
/** `__proto__: x` would set the prototype. */
const keyed = (name: string) => (name === '__proto__' ? `['__proto__']` : member(name));
