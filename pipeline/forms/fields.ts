import { isBinary } from '../document/files.ts';
import { mergedSchema, type OpenApiDocument, type Operation, type Schema } from './document.ts';

/** The kind of input that edits a member. `json`: text, for values that no other kind can show. */
export type Kind =
  | 'file'
  | 'files'
  | 'text'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'lines'
  | 'object'
  | 'json';

/** A member of the input, as the form shows it. */
export interface Field {
  readonly name: string;
  /** Its place in the input, a JSON Pointer. */
  readonly pointer: string;
  readonly kind: Kind;
  readonly required: boolean;
  readonly deprecated: boolean;
  /** Never shown in clear unless asked for. */
  readonly secret: boolean;
  readonly description: string;
  /** The values to choose from. */
  readonly options: readonly string[];
  /** An object's members. */
  readonly fields: readonly Field[];
  readonly schema: Schema;
}

/** The fields of an operation's flat input: the parameters first, as the document orders them. */
export function fieldsOf(document: OpenApiDocument, operation: Operation): readonly Field[] {
  return members(document, operation.input, '', []);
}

/** Each field, and those within it. */
export function allFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => [field, ...allFields(field.fields)]);
}

function members(document: OpenApiDocument, schema: Schema, within: string, outer: readonly Schema[]): Field[] {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {})
    .map(([name, given]) => field(document, name, given, `${within}/${token(name)}`, required.includes(name), outer))
    .filter(({ schema }) => schema.readOnly !== true);
}

function field(
  document: OpenApiDocument,
  name: string,
  given: Schema,
  pointer: string,
  required: boolean,
  outer: readonly Schema[],
): Field {
  const schema = mergedSchema(document, given);
  const items = typeof schema.items === 'object' ? mergedSchema(document, schema.items) : undefined;
  // A schema within itself has no last field: it is shown as text from there on.
  const kind = outer.some((one) => one.properties === schema.properties)
    ? kindOf(schema, items, false)
    : kindOf(schema, items);
  return {
    name,
    pointer,
    kind,
    required,
    deprecated: schema.deprecated === true,
    secret: schema.writeOnly === true || schema.format === 'password',
    description: schema.description ?? '',
    options: choicesOf(kind === 'choices' ? items : schema),
    fields: kind === 'object' ? members(document, schema, pointer, [...outer, schema]) : [],
    schema,
  };
}

function kindOf(schema: Schema, items: Schema | undefined, open = true): Kind {
  if (choicesOf(schema).length > 0) return 'choice';
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  if (isBinary(schema)) return 'file';
  if (types.length !== 1) return 'json';
  switch (types[0]) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      if (items && isBinary(items)) return 'files';
      if (items && choicesOf(items).length > 0) return 'choices';
      return items?.type === 'string' ? 'lines' : 'json';
    case 'object':
      return open && Object.keys(schema.properties ?? {}).length > 0 ? 'object' : 'json';
    default:
      return 'json';
  }
}

/** The strings that a schema allows, where it names each of them. */
function choicesOf(schema: Schema | undefined): readonly string[] {
  const values = schema?.enum ?? (schema?.const === undefined ? [] : [schema.const]);
  return values.every((value): value is string => typeof value === 'string') ? values : [];
}

/** A name as a part of a JSON Pointer. */
function token(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
