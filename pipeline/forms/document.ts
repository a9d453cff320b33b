import { inputOf } from '../document/input.ts';
import { jsonOf, type MediaType } from '../document/mediaTypes.ts';
import { operationsOf, type Parameter, type Operation as Served } from '../document/operations.ts';
import { pointed } from '../document/references.ts';
import type { Document, Schema } from '../document/types.ts';

export type { Schema } from '../document/types.ts';

/** An OpenAPI document, such as the one at /openapi.json, as far as its parts are known before it is read. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components?: Readonly<Record<string, unknown>>;
}

/** How an operation travels, and the schema of its flat input: its parameters and the body's members by their names. */
export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  /** For an operation that can't be undone: the member of the input to type again before it is sent (`x-confirm`). */
  readonly confirm: string | undefined;
  /** The parameters that a page can send, with the styles that they are written in. */
  readonly styles: readonly Parameter[];
  /** The media type that the body is written in: JSON where there is a choice. */
  readonly content: MediaType | undefined;
  /** `members`: the body's members are part of the input. `value`: the body is one member, `bodyName`. */
  readonly body: 'none' | 'members' | 'value';
  readonly bodyName: string;
  readonly input: Schema;
}

/** A schema behind its reference, with what stands beside that, and the parts of an `allOf` as one. */
export function mergedSchema(document: OpenApiDocument, schema: Schema): Schema {
  const { $ref, ...beside } = schema;
  if ($ref !== undefined) return mergedSchema(document, { ...(pointed(document, $ref) as Schema), ...beside });
  const { allOf, ...own } = schema;
  if (allOf === undefined) return schema;
  const parts = [...allOf.map((part) => mergedSchema(document, part)), own];
  return {
    ...Object.assign({}, ...parts),
    properties: Object.assign({}, ...parts.map((part) => part.properties)),
    required: [...new Set(parts.flatMap((part) => part.required ?? []))],
  };
}

/** The operation of an id. Throws where the document has none. */
export function operationOf(given: OpenApiDocument, id: string): Operation {
  const document = given as unknown as Document;
  const operation = operationsOf(document).find((one) => one.id === id);
  if (operation === undefined) throw new Error(`The document has no operation ${id}.`);
  const { method, path, object } = operation;
  const { summary = '', description = '', deprecated = false } = object;
  const confirm = object['x-confirm'] as string | undefined;
  return { id, method, path, summary, description, deprecated, confirm, ...flat(document, operation) };
}

/** Bytes that the document says nothing more of. */
const FILE: Schema = { type: 'string', format: 'binary' };

type Flat = Pick<Operation, 'styles' | 'content' | 'body' | 'bodyName' | 'input'>;

function flat(document: Document, operation: Served): Flat {
  const { parameters, body, bodyName } = inputOf(document, operation);
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  const styles = parameters.filter(({ in: place }) => place !== 'cookie'); // a browser sets no cookies of its own
  for (const { name, schema, content, required: isRequired, object } of styles) {
    const { description, deprecated } = object;
    properties[name] = {
      ...(schema ?? content?.schema),
      ...(description && { description }),
      ...(deprecated && { deprecated }),
    };
    if (isRequired) required.push(name);
  }
  const contents = operation.body?.contents ?? [];
  const content = jsonOf(contents) ?? contents[0];
  const schema = content?.schema ?? (content?.kind === 'bytes' ? FILE : {});
  if (body === 'members') {
    const whole = mergedSchema(document as OpenApiDocument, schema);
    Object.assign(properties, whole.properties);
    required.push(...(whole.required ?? []));
  } else if (body === 'value') {
    properties[bodyName] = schema;
    if (operation.body?.required) required.push(bodyName);
  }
  return { styles, content, body, bodyName, input: { type: 'object', properties, required } };
}
