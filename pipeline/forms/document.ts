/** A JSON Schema of the document, as far as forms read it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly writeOnly?: boolean;
  readonly readOnly?: boolean;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly Schema[];
  readonly [keyword: string]: unknown;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly schema?: Schema;
}

interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  /** The member of the input that a person types again before the operation is sent. */
  readonly 'x-confirm'?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly $ref?: string;
    readonly required?: boolean;
    readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  };
}

/** An OpenAPI 3.1 document, such as the one at /openapi.json. */
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
  /** Where each parameter goes. */
  readonly parameters: Readonly<Record<string, 'path' | 'query' | 'header'>>;
  /** `members`: the body's members are part of the input. `value`: the body is the input's `body`. */
  readonly body: 'none' | 'members' | 'value';
  readonly input: Schema;
}

/** The target of a reference with what stands beside it, and the parts of an `allOf` as one. */
export function resolve<Target extends { readonly $ref?: string }>(document: OpenApiDocument, value: Target): Target {
  let resolved = value;
  // A reference to itself is broken; 32 is deeper than any that means something.
  for (let depth = 0; resolved.$ref !== undefined && depth < 32; depth++) {
    const { $ref, ...beside } = resolved;
    resolved = { ...(at(document, $ref) as object), ...beside } as Target;
  }
  const { allOf, ...whole } = resolved as Schema;
  if (allOf === undefined) return resolved;
  const parts = [...allOf.map((part) => resolve(document, part)), whole];
  return {
    ...Object.assign({}, ...parts),
    properties: Object.assign({}, ...parts.map((part) => part.properties)),
    required: [...new Set(parts.flatMap((part) => part.required ?? []))],
  };
}

/** The operation of an id. Throws where the document has none. */
export function operationOf(document: OpenApiDocument, id: string): Operation {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, found] of Object.entries(item as Record<string, OperationObject>)) {
      if (found?.operationId === id) {
        return assemble(document, id, method.toUpperCase(), path, found, (item as OperationObject).parameters ?? []);
      }
    }
  }
  throw new Error(`The document has no operation ${id}.`);
}

function assemble(
  document: OpenApiDocument,
  id: string,
  method: string,
  path: string,
  found: OperationObject,
  shared: readonly Parameter[],
): Operation {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  const places: Record<string, 'path' | 'query' | 'header'> = {};
  for (const given of [...shared, ...(found.parameters ?? [])]) {
    const { name, in: place, schema, ...parameter } = resolve(document, given);
    if (place !== 'path' && place !== 'query' && place !== 'header') continue; // a browser sets no cookies of its own
    places[name] = place;
    const { description, deprecated } = parameter;
    properties[name] = { ...schema, ...(description && { description }), ...(deprecated && { deprecated }) };
    if (parameter.required && !required.includes(name)) required.push(name);
  }
  const request = found.requestBody && resolve(document, found.requestBody);
  const given = request?.content?.['application/json']?.schema;
  const schema = given && resolve(document, given);
  const members = schema?.properties;
  const body =
    given === undefined
      ? 'none'
      : members && schema.type === 'object' && !Object.keys(members).some((name) => name in places)
        ? 'members'
        : 'value';
  if (body === 'members') {
    Object.assign(properties, members);
    required.push(...(schema?.required ?? []));
  } else if (given) {
    properties.body = given;
    if (request?.required) required.push('body');
  }
  return {
    id,
    method,
    path,
    summary: found.summary ?? '',
    description: found.description ?? '',
    deprecated: found.deprecated === true,
    confirm: found['x-confirm'],
    parameters: places,
    body,
    input: { type: 'object', properties, required },
  };
}

function at(document: OpenApiDocument, reference: string): unknown {
  let found: unknown = document;
  for (const part of reference.replace(/^#\//, '').split('/')) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    found = (found as Record<string, unknown> | undefined)?.[name];
  }
  if (typeof found !== 'object' || found === null) throw new Error(`The document has no ${reference}.`);
  return found;
}
