import { isObject } from './json.ts';

/** As much of JSON Schema as this suite reads itself; Ajv reads all of it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
}

/** A schema with what its references and its `allOf` add, and one branch of its alternatives. */
export interface View extends Omit<Schema, 'required' | 'properties' | 'type'> {
  readonly types: readonly string[];
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  /** Whether members that it does not name are declared to be possible. */
  readonly open: boolean;
}

/** Follows references; where they lead nowhere, that is the document's fault and told. */
export type Resolve = (schema: Schema) => Schema;
/** Says which of the alternatives is meant; the first one unless a value tells otherwise. */
export type Choose = (branches: readonly Schema[]) => Schema;

const first: Choose = (branches) => branches.find((branch) => branch.type !== 'null') ?? branches[0] ?? {};

export function viewOf(resolve: Resolve, schema: Schema, choose: Choose = first): View {
  const parts = flatten(resolve, schema, choose);
  const merged: Record<string, unknown> = Object.assign({}, ...parts.toReversed());
  const types = parts.flatMap(({ type }) => (type === undefined ? [] : [type].flat()));
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {}));
  return {
    ...(merged as Schema),
    types: types.length > 0 ? [...new Set(types)] : impliedTypes(merged),
    properties,
    required: [...new Set(parts.flatMap(({ required }) => required ?? []))],
    open: parts.some(({ additionalProperties }) => additionalProperties === true || isObject(additionalProperties)),
  };
}

function flatten(resolve: Resolve, schema: Schema, choose: Choose, depth = 0): Schema[] {
  if (!isObject(schema) || depth > 16) return [];
  const found = resolve(schema as Schema);
  const { $ref: _ref, ...siblings } = schema as Schema;
  const below = (part: Schema) => flatten(resolve, part, choose, depth + 1);
  return [
    ...(found === schema ? [] : [siblings]),
    found,
    ...(found.allOf ?? []).flatMap(below),
    ...(found.oneOf ? below(choose(found.oneOf)) : []),
    ...(found.anyOf ? below(choose(found.anyOf)) : []),
  ];
}

function impliedTypes(schema: Schema): string[] {
  if (schema.properties !== undefined || schema.required !== undefined) return ['object'];
  if (schema.items !== undefined) return ['array'];
  const values = schema.const !== undefined ? [schema.const] : (schema.enum ?? []);
  return [...new Set(values.map((value) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)))];
}
