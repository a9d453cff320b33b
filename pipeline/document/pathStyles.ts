import type { Parameter } from './operations.ts';
import { decodeText, encodeText } from './percent.ts';
import { contentValue, inPairs } from './query.ts';
import type { Document } from './types.ts';
import { listOf, membersOf, objectOf, type Pair, readScalar, StyleError, shapeOf, textOf } from './values.ts';

/** The text of a path segment. Whether an empty one will do is the caller's question. */
export function encodePath({ name, style, explode, content }: Parameter, value: unknown): string {
  if (content !== undefined) return encodeText(content.kind === 'json' ? JSON.stringify(value) : textOf(value));
  // A full stop separates items here, so that those within items are encoded too.
  const encode = (text: string) => (style === 'label' ? encodeText(text).replaceAll('.', '%2E') : encodeText(text));
  const prefix = style === 'label' ? '.' : style === 'matrix' ? ';' : '';
  const separator = explode ? prefix || ',' : ',';
  const key = encodeText(name);
  if (typeof value !== 'object' || value === null) {
    const text = encode(textOf(value));
    return style === 'matrix' ? `;${key}${text && `=${text}`}` : prefix + text;
  }
  const named = style === 'matrix' && !explode ? `;${key}=` : prefix;
  if (Array.isArray(value)) {
    if (value.length === 0) return '';
    const items = value.map((item) => encode(textOf(item)));
    if (style === 'matrix' && explode) return items.map((item) => `;${key}${item && `=${item}`}`).join('');
    return named + items.join(separator);
  }
  const members = membersOf(value).map(([member, one]) => [encode(member), encode(textOf(one))] as const);
  if (members.length === 0) return '';
  if (explode) return named + members.map(([member, text]) => `${member}=${text}`).join(separator);
  return named + members.flat().join(',');
}

export function decodePath(document: Document, parameter: Parameter, raw: string): unknown {
  const { name, style, explode, schema, content } = parameter;
  if (content !== undefined) return contentValue(parameter, decodeText(raw));
  const shape = shapeOf(document, schema);
  if (style === 'matrix') return decodeMatrix(document, parameter, raw);
  const prefix = style === 'label' ? '.' : '';
  if (!raw.startsWith(prefix)) throw new StyleError(`${name} must begin with "${prefix}".`);
  const text = raw.slice(prefix.length);
  const separator = explode && style === 'label' ? '.' : ',';
  if (shape === 'array') return listOf(document, schema, text.split(separator).map(decodeText));
  if (shape === 'object') {
    const parts = text.split(separator);
    return objectOf(document, schema, explode ? parts.map(assigned) : inPairs(parts.map(decodeText), name));
  }
  return readScalar(document, schema, decodeText(text));
}

function decodeMatrix(document: Document, { name, explode, schema }: Parameter, raw: string): unknown {
  if (!raw.startsWith(';')) throw new StyleError(`${name} must begin with ";".`);
  const parts = raw.slice(1).split(';');
  const shape = shapeOf(document, schema);
  if (shape === 'object' && explode) return objectOf(document, schema, parts.map(assigned));
  const texts = parts.map((part) => {
    const at = part.indexOf('=');
    const key = decodeText(at < 0 ? part : part.slice(0, at));
    if (key !== name) throw new StyleError(`${name} must be written as ";${name}=".`);
    return at < 0 ? '' : part.slice(at + 1);
  });
  if (shape === 'array' && explode) return listOf(document, schema, texts.map(decodeText));
  const items = (texts[0] ?? '').split(',').map(decodeText);
  if (shape === 'array') return listOf(document, schema, items);
  if (shape === 'object') return objectOf(document, schema, inPairs(items, name));
  return readScalar(document, schema, decodeText(texts[0] ?? ''));
}

/** `R=100` as a pair. */
export function assigned(part: string): Pair {
  const at = part.indexOf('=');
  if (at < 0) throw new StyleError(`${JSON.stringify(part.slice(0, 80))} has no "=".`);
  return [decodeText(part.slice(0, at)), decodeText(part.slice(at + 1))];
}
