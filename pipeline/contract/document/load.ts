import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { CouldNotRun } from '../couldNotRun.ts';
import { isObject } from './json.ts';

/** Where the document is, as its references see it: absolute, so that every schema can be compiled by itself. */
export const DOCUMENT = 'https://document.invalid/openapi.json';

/** Reads an OpenAPI document of version 3.0 or 3.1, as JSON or YAML. */
export async function loadDocument(file: string | URL): Promise<Record<string, unknown>> {
  let document: unknown;
  try {
    const text = await readFile(file, 'utf8');
    document = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text);
  } catch (error) {
    throw new CouldNotRun(`The document ${file} can't be read: ${(error as Error).message.split('\n')[0]}`);
  }
  const version = isObject(document) ? String(document.openapi) : '';
  if (!/^3\.[01]\./.test(version) || !isObject(document) || !isObject(document.paths)) {
    throw new CouldNotRun(`${file} is not an OpenAPI document of version 3.0 or 3.1.`);
  }
  return rewrite(document, version.startsWith('3.0')) as Record<string, unknown>;
}

/** Makes references absolute and the schemas of OpenAPI 3.0 those of JSON Schema 2020-12. Examples stay as they are. */
function rewrite(value: unknown, old: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, old));
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === '$ref' && typeof member === 'string') {
      copy[name] = member.startsWith('#') ? DOCUMENT + member : member;
    } else if (isLiteral(name, value)) {
      copy[name] = member;
    } else copy[name] = rewrite(member, old);
  }
  return old ? modernize(copy) : copy;
}

/** What is a value as it stands. A response is named `default` too, and a property may be called `value`. */
function isLiteral(name: string, parent: Record<string, unknown>): boolean {
  if (name === 'default') return 'type' in parent || 'schema' in parent;
  return ['example', 'enum', 'const', 'value'].includes(name) && !isSchema(parent[name]);
}

const SCHEMA = ['$ref', 'type', 'oneOf', 'anyOf', 'allOf', 'nullable', 'description'];
const isSchema = (value: unknown): boolean => isObject(value) && SCHEMA.some((keyword) => keyword in value);

function modernize(schema: Record<string, unknown>): Record<string, unknown> {
  for (const bound of ['Minimum', 'Maximum']) {
    const exclusive = `exclusive${bound}`;
    const inclusive = bound.toLowerCase();
    if (schema[exclusive] === true) {
      schema[exclusive] = schema[inclusive];
      delete schema[inclusive];
    } else if (schema[exclusive] === false) delete schema[exclusive];
  }
  const { nullable, ...rest } = schema;
  if (nullable !== true) return nullable === false ? rest : schema;
  return { anyOf: [rest, { type: 'null' }] };
}
