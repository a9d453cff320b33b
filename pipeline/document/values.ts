import { isObject } from './references.ts';
import { itemSchema, memberSchema, typesOf } from './schemas.ts';
import type { Document, Schema } from './types.ts';

/** Why a value can't be written in a parameter, or a parameter's text can't be read. */
export class StyleError extends Error {
  override readonly name = 'StyleError';
}

const numeric = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * The value that a text stands for, by the types that its schema allows. Text that is no such value stays text, so that
 * the validator refuses it in the schema's own words.
 */
export const readScalar = (document: Document, schema: Schema | undefined, text: string): unknown =>
  readAs(schema === undefined ? new Set() : typesOf(document, schema), text);

/** The same by types that are known: none where the schema says nothing about them. */
export function readAs(types: ReadonlySet<string>, text: string): unknown {
  const mayBeText = types.size === 0 || types.has('string');
  if ((types.has('number') || types.has('integer')) && numeric.test(text)) {
    const number = Number(text);
    // Beside text, only what a number is written as: `007` may be a name.
    if (!mayBeText || String(number) === text) return number;
  }
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.has('null') && !mayBeText && (text === '' || text === 'null')) return null;
  const structured = types.has('object') ? '{' : types.has('array') ? '[' : undefined;
  if (!mayBeText && structured !== undefined && (text.startsWith('{') || text.startsWith('['))) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}

/** The text of a scalar. A structure within another one has no form of its own in OpenAPI, and is written as JSON. */
export function textOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A list's items as values. An empty text is an empty list, unless it can be the text of an item. */
export function listOf(document: Document, schema: Schema | undefined, texts: readonly string[]): unknown[] {
  const first = schema && itemSchema(document, schema, 0);
  if (texts.length === 1 && texts[0] === '' && first && !takesText(document, first)) return [];
  return texts.map((text, index) => readScalar(document, schema && itemSchema(document, schema, index), text));
}

/** An object of pairs, each by the schema of its member. */
export function objectOf(document: Document, schema: Schema | undefined, pairs: readonly Pair[]): object {
  const object: Record<string, unknown> = {};
  for (const [name, text] of pairs) {
    set(object, name, readScalar(document, schema && memberSchema(document, schema, name), text));
  }
  return object;
}

export type Pair = readonly [name: string, text: string];

/** Sets a member that may be called `__proto__`. */
export function set(object: object, name: string, value: unknown): void {
  if (name !== '__proto__') (object as Record<string, unknown>)[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

export function takesText(document: Document, schema: Schema): boolean {
  const types = typesOf(document, schema);
  return types.size === 0 || types.has('string');
}

/** Whether a text can be a value of this schema: as it is, or as the number or boolean that it stands for. */
export function isScalar(document: Document, schema: Schema): boolean {
  const types = typesOf(document, schema);
  return types.size === 0 || ['string', 'number', 'integer', 'boolean'].some((type) => types.has(type));
}

/** The form that a parameter's value has: what its schema allows, or what was sent where it allows several. */
export function shapeOf(document: Document, schema: Schema | undefined): 'array' | 'object' | 'scalar' | 'any' {
  const types = schema === undefined ? new Set<string>() : typesOf(document, schema);
  const [array, object] = [types.has('array'), types.has('object')];
  const scalar = ['string', 'number', 'integer', 'boolean'].some((type) => types.has(type));
  if (types.size === 0 || [array, object, scalar].filter(Boolean).length > 1) return 'any';
  if (array) return 'array';
  return object ? 'object' : 'scalar';
}

/** Members of an object to be written: an absent member is left out. */
export const membersOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined);

export const isStructure = (value: unknown): value is object => Array.isArray(value) || isObject(value);
