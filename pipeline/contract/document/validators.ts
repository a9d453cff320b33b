import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formatsModule from 'ajv-formats';
import { isObject } from './json.ts';
import { DOCUMENT } from './load.ts';
import type { Schema } from './schema.ts';

export interface Fault {
  /** A JSON Pointer into the value. */
  readonly place: string;
  readonly message: string;
}

// The package is CommonJS; its function is the module itself.
const addFormats = formatsModule as unknown as typeof formatsModule.default;
const ANNOTATIONS = ['example', 'externalDocs', 'xml', 'discriminator', 'nullable'];

/** Ajv in strict mode over the schemas of one document: for requests, for answers and for headers. */
export class Validators {
  readonly #request: Ajv2020;
  readonly #response: Ajv2020;
  readonly #header: Ajv2020;
  /** Why schemas of the document could not be compiled. */
  readonly unusable = new Set<string>();

  constructor(root: Readonly<Record<string, unknown>>) {
    this.#request = ajv(root, {});
    this.#response = ajv(root, {});
    // What the document calls write-only is a violation in an answer, wherever it stands.
    this.#response.removeKeyword('writeOnly');
    this.#response.addKeyword({
      keyword: 'writeOnly',
      validate: (writeOnly: boolean) => !writeOnly,
      error: { message: 'is write-only and must not be answered' },
    });
    this.#header = ajv(root, { coerceTypes: true });
  }

  request(schema: Schema, value: unknown): Fault[] {
    return this.#faults(this.#request, schema, value);
  }

  response(schema: Schema, value: unknown): Fault[] {
    return this.#faults(this.#response, schema, value);
  }

  /** Headers are text; numbers and booleans among them are read as such. */
  header(schema: Schema, value: string): Fault[] {
    return this.#faults(this.#header, schema, value);
  }

  #faults(ajv: Ajv2020, schema: Schema, value: unknown): Fault[] {
    let validate: ValidateFunction;
    try {
      validate = ajv.compile(schema);
    } catch (error) {
      // The document's fault, not the implementation's: told once, and nothing is said of the value.
      this.unusable.add((error as Error).message);
      return [];
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error: ErrorObject) => ({
      place: error.instancePath + (error.keyword === 'required' ? `/${error.params.missingProperty}` : ''),
      message: messageOf(error),
    }));
  }

  readonly fits = (schema: Schema, value: unknown): boolean => this.request(schema, value).length === 0;
}

function ajv(root: Readonly<Record<string, unknown>>, options: { coerceTypes?: boolean }): Ajv2020 {
  const made = new Ajv2020({
    ...options,
    allErrors: true,
    strict: true,
    // These ask how a schema is written, not what it means: allOf spreads `required`, and 3.0 knows no list of types.
    strictTypes: false,
    strictRequired: false,
    strictTuples: false,
    logger: false,
  });
  addFormats(made);
  for (const name of new Set(names(root, 'format'))) if (!(name in made.formats)) made.addFormat(name, true);
  // Ajv compiles the document as a schema before it looks into it.
  const others = new Set([...ANNOTATIONS, ...Object.keys(root), ...extensions(root)]);
  made.addVocabulary([...others].filter((keyword) => !made.getKeyword(keyword)));
  made.addSchema(root, DOCUMENT, false, false);
  return made;
}

function messageOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'enum') return `must be one of ${params.allowedValues.join(', ')}`;
  if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
  if (keyword === 'additionalProperties') return `must not have ${params.additionalProperty}`;
  return message ?? keyword;
}

function* names(value: unknown, keyword: string): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* names(item, keyword);
  if (!isObject(value)) return;
  if (typeof value[keyword] === 'string') yield value[keyword];
  for (const member of Object.values(value)) yield* names(member, keyword);
}

function* extensions(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* extensions(item);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (/^x-[a-z]/.test(name)) yield name;
    yield* extensions(member);
  }
}
