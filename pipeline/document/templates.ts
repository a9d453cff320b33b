import type { Operation } from './operations.ts';
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

/**
 * The operations that no request can reach, each with the one that has its place: paths that differ in the names of
 * their parameters alone are one path, and so are those that differ in their fragments.
 */
export function hiddenIn<T extends Pick<Operation, 'method' | 'path'>>(operations: readonly T[]): Map<T, T> {
  const byRoute = Map.groupBy(operations, ({ method, path: whole }) => {
    const { path, query } = templateOf(whole);
    return `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')} ${JSON.stringify(query)}`;
  });
  const found = new Map<T, T>();
  for (const same of byRoute.values()) {
    const served = same.findLast(({ path }) => !templateOf(path).hasFragment) ?? same.at(-1);
    for (const operation of same) if (served !== undefined && operation !== served) found.set(operation, served);
  }
  return found;
}
