import type { Parameter } from './operations.ts';
import { contentValue, inPairs } from './query.ts';
import type { Document, Schema } from './types.ts';
import { listOf, membersOf, objectOf, type Pair, readScalar, StyleError, shapeOf, textOf } from './values.ts';

type Header = Pick<Parameter, 'name' | 'explode' | 'content'> & { readonly schema?: Schema };

/** The text of a header: items are separated by commas, and nothing is percent-encoded. */
export function encodeHeader({ name, explode, content }: Header, value: unknown): string {
  if (content !== undefined)
    return header(name, content.kind === 'json' ? ascii(JSON.stringify(value)) : textOf(value));
  if (typeof value !== 'object' || value === null) return header(name, textOf(value));
  const part = (item: unknown): string => {
    const text = textOf(item);
    if (text.includes(',') || text !== text.trim()) {
      throw new StyleError(
        `${name} can not hold the item ${JSON.stringify(text.slice(0, 80))}: a header has no escape.`,
      );
    }
    return text;
  };
  if (Array.isArray(value)) return header(name, value.map(part).join(','));
  const members = membersOf(value).map(([key, one]) => [part(key), part(one)] as const);
  if (explode && members.some(([key]) => key.includes('='))) {
    throw new StyleError(`${name} can not hold a member whose name has "=".`);
  }
  return header(name, members.map((pair) => pair.join(explode ? '=' : ',')).join(','));
}

export function decodeHeader(document: Document, parameter: Header, raw: string): unknown {
  const { name, explode, schema, content } = parameter;
  if (content !== undefined) return contentValue(parameter as Parameter, raw);
  const shape = shapeOf(document, schema);
  if (shape !== 'array' && shape !== 'object') return readScalar(document, schema, raw);
  const parts = raw.split(',').map((part) => part.trim());
  if (shape === 'array') return listOf(document, schema, parts);
  if (!explode) return objectOf(document, schema, inPairs(parts, name));
  return objectOf(
    document,
    schema,
    parts.map((part): Pair => {
      const at = part.indexOf('=');
      if (at < 0) throw new StyleError(`${name} must be a list such as "a=1,b=2".`);
      return [part.slice(0, at), part.slice(at + 1)];
    }),
  );
}

const unsendable = /[^\t\x20-\x7e\x80-\xff]|^[\t ]|[\t ]$/;

function header(name: string, text: string): string {
  if (unsendable.test(text)) throw new StyleError(`${name} has a character or a space that no header can carry.`);
  return text;
}

const ascii = (json: string): string =>
  json.replaceAll(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
