import type { OperationDetails, Values } from './operation.ts';
import { pathValue } from './path.ts';

/** The members of a flat input, each where its operation sends it. */
export interface Placed {
  /** The path and the query. */
  readonly url: string;
  /** Undefined where there are none. */
  readonly header: Values | undefined;
  /** The members of no parameter: those of the body. */
  readonly rest: Values;
}

/** Puts the members of an input where an operation sends them. What the operation alone decides is found out once. */
export function placer({ path, query = [], header = [], cookie = [], styles = {} }: OperationDetails) {
  // Every other part is the name of a parameter.
  const parts = path.split(/[{}]/);
  const names = parts.filter((_, index) => index % 2);
  const parameters = [...names, ...query, ...header, ...cookie];
  const written = (name: string, value: unknown) =>
    Object.hasOwn(styles, name) ? styles[name]?.(value as never) : undefined;

  return (input: Values): Placed => {
    let url = parts[0] as string;
    names.forEach((name, index) => {
      const value = Object.hasOwn(input, name) ? input[name] : undefined;
      url += (value !== undefined && written(name, value)) || pathValue(name, value);
      url += parts[index * 2 + 2] ?? '';
    });
    const [rest, cookies]: [Values, string[]] = [{}, []];
    // A path may have a query of its own.
    let mark = path.includes('?') ? '&' : '?';
    let headers: Values | undefined;
    for (const name in input) {
      const value = input[name];
      if (value === undefined) continue;
      const text = written(name, value);
      // Parameters of one name in several places all take the member's value.
      if (query.includes(name)) {
        url += mark + (text ?? pairsOf(name, value));
        mark = '&';
      }
      if (cookie.includes(name)) cookies.push(text ?? pairsOf(name, value));
      if (header.includes(name)) headers = { ...headers, [name]: text ?? value };
      if (!parameters.includes(name)) rest[name] = value;
    }
    if (cookies.length > 0) headers = { ...headers, Cookie: cookies.join('; ') };
    return { url, header: headers, rest };
  };
}

/** `name=a&name=b`: the usual style of a query. */
const pairsOf = (name: string, value: unknown): string =>
  [value]
    .flat()
    .map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(`${one ?? ''}`)}`)
    .join('&');
