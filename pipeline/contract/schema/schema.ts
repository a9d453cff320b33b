import { isObject } from '../document/json.ts';

/** As much of a schema of OpenAPI 3.0 or JSON Schema 2020-12 as this suite reads. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly unevaluatedProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly unevaluatedItems?: boolean | Schema;
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly discriminator?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number | boolean;
  readonly exclusiveMaximum?: number | boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly contentMediaType?: string;
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
  /** Whether members that it does not name are forbidden. */
  readonly closed: boolean;
}

/** Follows references. */
export type Resolve = (schema: Schema) => Schema;
/** Says which of the alternatives is meant. */
export type Choose = (branches: readonly Schema[], schema: Schema) => Schema;

export const first: Choose = (branches) =>
  branches.find((branch) => isObject(branch) && branch.type !== 'null') ?? branches[0] ?? {};

export function viewOf(resolve: Resolve, schema: Schema, choose: Choose = first): View {
  const parts = flatten(resolve, schema, choose, []);
  const merged = Object.assign({}, ...parts.toReversed()) as Record<string, unknown>;
  for (const [keyword, narrower] of Object.entries(NARROWER)) {
    const values = parts
      .map((part) => (part as Record<string, unknown>)[keyword])
      .filter((value) => value !== undefined);
    if (values.length > 1 && values.every((value) => typeof value === 'number')) {
      merged[keyword] = narrower(...(values as number[]));
    }
  }
  const declared = parts.flatMap(({ type }) => (type === undefined ? [] : [[type].flat()]));
  const common = declared.reduce<readonly string[] | undefined>(
    (all, types) => (all === undefined ? types : all.filter((type) => types.includes(type))),
    undefined,
  );
  const types = common !== undefined && common.length > 0 ? common : declared.flat();
  const enums = parts.flatMap((part) => (Array.isArray(part.enum) ? [part.enum] : []));
  const properties = mergeProperties(parts);
  return {
    ...(merged as Schema),
    ...('enum' in merged && enums.length === 0 && { enum: undefined }),
    ...(enums.length > 1 && {
      enum: enums.reduce((all, values) => all.filter((one: unknown) => values.includes(one))),
    }),
    types: types.length > 0 ? [...new Set(types)] : impliedTypes(merged),
    properties,
    required: [...new Set(parts.flatMap(({ required }) => (Array.isArray(required) ? required : [])))],
    open: parts.some(({ additionalProperties }) => additionalProperties === true || isObject(additionalProperties)),
    closed: parts.some(
      ({ additionalProperties, unevaluatedProperties }) =>
        additionalProperties === false || unevaluatedProperties === false,
    ),
  };
}

const NARROWER: Readonly<Record<string, (...values: number[]) => number>> = {
  minimum: Math.max,
  maximum: Math.min,
  minLength: Math.max,
  maxLength: Math.min,
  minItems: Math.max,
  maxItems: Math.min,
  minProperties: Math.max,
  maxProperties: Math.min,
};

/** A member that several parts declare has to fit all of them. */
function mergeProperties(parts: readonly Schema[]): Record<string, Schema> {
  const found = new Map<string, Schema[]>();
  for (const part of parts) {
    for (const [name, member] of Object.entries(part.properties ?? {})) {
      const known = found.get(name) ?? [];
      if (isObject(member) && Object.keys(member).length > 0 && !known.includes(member)) known.push(member);
      found.set(name, known);
    }
  }
  return Object.fromEntries(
    [...found].map(([name, members]) => [
      name,
      members.length === 1 ? (members[0] ?? {}) : members.length === 0 ? {} : { allOf: members },
    ]),
  );
}

function flatten(resolve: Resolve, schema: Schema, choose: Choose, above: readonly Schema[]): Schema[] {
  if (!isObject(schema) || above.length > 16) return [];
  const found = resolve(schema as Schema);
  if (above.includes(found)) return [];
  const { $ref: _ref, ...siblings } = schema as Schema;
  const below = (part: Schema) => flatten(resolve, part, choose, [...above, found]);
  const list = (value: unknown): Schema[] => (Array.isArray(value) ? value : []);
  return [
    ...(found === schema ? [] : [siblings]),
    found,
    ...list(found.allOf).flatMap(below),
    ...(list(found.oneOf).length > 0 ? below(choose(list(found.oneOf), found)) : []),
    ...(list(found.anyOf).length > 0 ? below(choose(list(found.anyOf), found)) : []),
  ];
}

function impliedTypes(schema: Schema): string[] {
  if (schema.properties !== undefined || schema.required !== undefined || schema.additionalProperties !== undefined) {
    return ['object'];
  }
  if (schema.items !== undefined || schema.prefixItems !== undefined) return ['array'];
  if (schema.pattern !== undefined || schema.minLength !== undefined || schema.maxLength !== undefined)
    return ['string'];
  if (schema.format !== undefined && !['int32', 'int64', 'float', 'double'].includes(schema.format)) return ['string'];
  if (schema.minimum !== undefined || schema.maximum !== undefined || schema.multipleOf !== undefined)
    return ['number'];
  const values = 'const' in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : [];
  return [...new Set(values.map((value) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)))];
}
