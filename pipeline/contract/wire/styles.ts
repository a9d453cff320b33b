import type { Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';

const DEFAULTS: Readonly<Record<string, string>> = { path: 'simple', header: 'simple', query: 'form', cookie: 'form' };

/** Writes a parameter's value: with its name in a query and a cookie, without it in a path and a header. */
export function encodeParameter(parameter: Parameter, value: unknown): string {
  const { name, in: place, mediaType } = parameter;
  const style = parameter.style ?? DEFAULTS[place] ?? 'form';
  const explode = parameter.explode ?? (style === 'form' || style === 'deepObject' || style === 'cookie');
  const quote = place === 'header' ? String : (text: string) => encodeURIComponent(text);
  if (place === 'querystring') {
    if (!isObject(value)) return encodeURIComponent(scalar(value));
    return Object.entries(value)
      .map(([member, inner]) => `${encodeURIComponent(member)}=${encodeURIComponent(scalar(inner))}`)
      .join('&');
  }
  if (mediaType !== undefined) {
    const text = quote(typeof value === 'string' && !/json/.test(mediaType) ? value : JSON.stringify(value));
    return place === 'query' || place === 'cookie' ? `${quote(name)}=${text}` : text;
  }
  const items = Array.isArray(value) ? value.map((item) => quote(scalar(item))) : undefined;
  const members = isObject(value)
    ? Object.entries(value).map(([member, inner]) => [quote(member), quote(scalar(inner))] as const)
    : undefined;
  const flat = members?.flat() ?? items ?? [quote(scalar(value))];
  const pairs = members?.map(([member, inner]) => `${member}=${inner}`);
  const key = quote(name);
  switch (style) {
    case 'label':
      return `.${(explode ? (pairs ?? flat) : flat).join(explode ? '.' : ',')}`;
    case 'matrix':
      if (explode && pairs !== undefined) return pairs.map((pair) => `;${pair}`).join('');
      if (explode && items !== undefined) return items.map((item) => `;${key}=${item}`).join('');
      return `;${key}=${flat.join(',')}`;
    case 'simple':
      return (explode ? (pairs ?? flat) : flat).join(',');
    case 'spaceDelimited':
      return explode ? repeated(key, flat) : `${key}=${flat.join('%20')}`;
    case 'pipeDelimited':
      return explode ? repeated(key, flat) : `${key}=${flat.join('%7C')}`;
    case 'deepObject':
      return isObject(value) ? deep(key, value).join('&') : `${key}=${flat.join(',')}`;
    default:
      if (explode && pairs !== undefined) return pairs.join(place === 'cookie' ? '; ' : '&');
      if (explode && items !== undefined) return repeated(key, items, place === 'cookie' ? '; ' : '&');
      return `${key}=${flat.join(',')}`;
  }
}

const repeated = (key: string, items: readonly string[], between = '&'): string =>
  items.map((item) => `${key}=${item}`).join(between);

function deep(key: string, value: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = `${key}[${encodeURIComponent(name)}]`;
    if (isObject(inner)) return deep(at, inner);
    const items = Array.isArray(inner) ? inner : [inner];
    return items.map((item) => `${at}=${encodeURIComponent(scalar(item))}`);
  });
}

const scalar = (value: unknown): string =>
  value === null ? 'null' : typeof value === 'object' ? JSON.stringify(value) : String(value);
