import { decodeFormText } from './percent.ts';
import type { Pair } from './values.ts';

/** A path as a request can have it. OpenAPI gives `?` and `#` no meaning there, and documents tell operations apart by them. */
export interface Template {
  readonly path: string;
  /** Members that the query has to have: `beta=true` of `/things?beta=true`. */
  readonly query: readonly Pair[];
  /** Whether a fragment was left off, which no client sends. */
  readonly hasFragment: boolean;
}

export function templateOf(path: string): Template {
  const [, own = path, query = '', fragment] = /^((?:\{[^}]*\}|[^?#{])*)(?:\?([^#]*))?(#.*)?$/s.exec(path) ?? [];
  const pairs = query.split('&').flatMap((part): Pair[] => {
    const [name = '', ...value] = part.split('=');
    const text = value.join('=');
    // `?name={name}` is filled in by a parameter, which is checked by itself.
    return part === '' || text.includes('{') ? [] : [[decodeFormText(name), decodeFormText(text)]];
  });
  return { path: own, query: pairs, hasFragment: fragment !== undefined };
}
