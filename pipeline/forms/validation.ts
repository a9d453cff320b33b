import { type OutputUnit, Validator } from '@cfworker/json-schema';
import { mergedSchema, type OpenApiDocument, type Operation, type Schema } from './document.ts';
import type { Field } from './fields.ts';
import { inputOf, isMembers, notJson } from './input.ts';

/** A problem at a place of the input: a JSON Pointer, and words that follow a name. */
export interface Problem {
  readonly pointer: string;
  readonly message: string;
}

/*
 * Keywords that repeat what the schemas under them say.
 */
const WRAPPERS = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'additionalProperties',
  'items',
  'prefixItems',
  'allOf',
]);

/**
 * Checks the input of a form by the document's own schema. The validator interprets it: one that compiles, such as the
 * server's, needs `new Function`, which the pages' Content-Security-Policy forbids.
 */
export function createValidation(document: OpenApiDocument, operation: Operation, fields: readonly Field[]) {
  // A copy: the validator notes things on the schemas.
  const schema = structuredClone({ ...operation.input, components: { schemas: document.components?.schemas ?? {} } });
  const validator = new Validator(schema as object, '2020-12', false);
  return (value: Readonly<Record<string, unknown>>): readonly Problem[] => {
    const unread = notJson(value);
    const { errors } = validator.validate(withoutFiles(inputOf(fields, value)));
    const found = errors.filter(
      ({ keyword, keywordLocation }) => !WRAPPERS.has(keyword) && !isWithinChoice(keywordLocation),
    );
    return [
      ...unread.map((pointer) => ({ pointer, message: 'must be JSON' })),
      ...found
        .map((error) => problemOf(document, operation.input, error))
        .filter(({ pointer }) => !unread.includes(pointer)),
    ];
  };
}

/** The input with a text for each file: no schema says more of a file than that. */
function withoutFiles(value: unknown): unknown {
  if (value instanceof File) return '';
  if (Array.isArray(value)) return value.map(withoutFiles);
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutFiles(member)]));
}

/** Whether it says how one of several forms was missed; that none fits says enough. */
function isWithinChoice(keywordLocation: string): boolean {
  return /\/(anyOf|oneOf)\/\d/.test(keywordLocation);
}

function problemOf(
  document: OpenApiDocument,
  input: Schema,
  { keyword, instanceLocation, error }: OutputUnit,
): Problem {
  const pointer = decodeURIComponent(instanceLocation.replace(/^#/, ''));
  if (keyword === 'required') {
    const [, name = ''] = /"(.*)"/s.exec(error) ?? [];
    return { pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, message: 'is required' };
  }
  return { pointer, message: message(keyword, schemaAt(document, input, pointer), error) };
}

function message(keyword: string, schema: Schema, error: string): string {
  const limit = schema[keyword];
  switch (keyword) {
    case 'type':
      return `must be ${article([schema.type ?? []].flat().join(' or '))}`;
    case 'enum':
      return `must be one of: ${(limit as readonly unknown[]).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(limit)}`;
    case 'minimum':
      return `must be ${limit} or more`;
    case 'maximum':
      return `must be ${limit} or less`;
    case 'minLength':
      return `must have ${limit} characters or more`;
    case 'maxLength':
      return `must have ${limit} characters or fewer`;
    case 'minItems':
      return `must have ${limit} values or more`;
    case 'maxItems':
      return `must have ${limit} values or fewer`;
    case 'uniqueItems':
      return 'must not have a value twice';
    case 'pattern':
      return `must match ${limit}`;
    case 'format':
      return `must be a ${limit}`;
    case 'false':
      return 'is not a member that the operation has';
    case 'oneOf':
    case 'anyOf':
      return 'has none of the forms that the operation takes';
    default:
      return error;
  }
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** The schema of what is at a place of the input. */
function schemaAt(document: OpenApiDocument, schema: Schema, pointer: string): Schema {
  let found = mergedSchema(document, schema);
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const others = typeof found.additionalProperties === 'object' ? (found.additionalProperties as Schema) : {};
    found = mergedSchema(
      document,
      found.properties?.[name] ?? (typeof found.items === 'object' ? found.items : others),
    );
  }
  return found;
}
