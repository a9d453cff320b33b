import type { Parameter } from './operations.ts';
import { decodeText, encodeText } from './percent.ts';
import { decodeQuery, encodeQuery } from './query.ts';
import type { Document } from './types.ts';
import { StyleError, textOf } from './values.ts';

/** A parameter as a part of the Cookie header, such as `a=1; b=2`. */
export function encodeCookie(parameter: Parameter, value: unknown): string {
  if (parameter.style !== 'cookie') return encodeQuery(parameter, value).replaceAll('&', '; ');
  // This style of OpenAPI 3.2 writes texts as they are.
  if (typeof value === 'object' && value !== null && !parameter.explode) {
    throw new StyleError(`${parameter.name} is a list or an object: the style cookie writes those exploded only.`);
  }
  const plain = (text: string): string => {
    if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(text)) {
      throw new StyleError(`${parameter.name} has a character that no cookie can carry.`);
    }
    return text;
  };
  const pairs: [string, unknown][] = Array.isArray(value)
    ? value.map((item) => [parameter.name, item])
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [[parameter.name, value]];
  return pairs.map(([name, one]) => `${plain(name)}=${plain(textOf(one))}`).join('; ');
}

export function decodeCookie(document: Document, parameter: Parameter, raw: string): unknown {
  const isPlain = parameter.style === 'cookie';
  const pairs = raw.split(';').flatMap((part): [string, string][] => {
    const at = part.indexOf('=');
    if (at < 0) return [];
    const [name, text] = [
      part.slice(0, at).trim(),
      part
        .slice(at + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    ];
    // A cookie is no form: `+` is a plus.
    return [[isPlain ? name : lenient(name), encodeText(isPlain ? text : lenient(text, text))]];
  });
  if (isPlain || parameter.explode) return decodeQuery(document, { ...parameter, style: 'form' }, pairs);
  const own = raw
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${parameter.name}=`));
  if (own === undefined) return undefined;
  const text = own.slice(parameter.name.length + 1).replaceAll('+', '%2B');
  return decodeQuery(document, parameter, [[parameter.name, text]]);
}

/** A cookie of someone else may hold a percent sign that means nothing. */
function lenient(text: string, otherwise = text): string {
  try {
    return decodeText(text);
  } catch {
    return otherwise;
  }
}
