import type { OperationDetails, Values } from './operation.ts';
import { pathValue } from './path.ts';

/** The members of a flat input, each where its operation sends it. */
export interface Placed {
  readonly path: string;
  readonly query: readonly string[];
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
  const written = (name: string, value: unknown) =>
    Object.hasOwn(styles, name) ? styles[name]?.(value as never) : undefined;

  return (input: Values): Placed => {
    let text = parts[0] as string;
    names.forEach((name, index) => {
      const value = Object.hasOwn(input, name) ? input[name] : undefined;
      text += (value !== undefined && written(name, value)) || pathValue(name, value);
      text += parts[index * 2 + 2] ?? '';
    });
    const [pairs, rest, cookies]: [string[], Values, string[]] = [[], {}, []];
    let headers: Values | undefined;
    for (const name in input) {
      const value = input[name];
      if (value === undefined) continue;
      let isParameter = names.includes(name);
      // Parameters of one name in several places all take the member's value.
      if (query.includes(name)) {
        pairs.push(written(name, value) ?? pairsOf(name, value));
        isParameter = true;
      }
      if (header.includes(name)) {
        headers = { ...headers, [name]: written(name, value) ?? value };
        isParameter = true;
      }
      if (cookie.includes(name)) {
        cookies.push(written(name, value) ?? pairsOf(name, value));
        isParameter = true;
      }
      if (!isParameter) rest[name] = value;
    }
    if (cookies.length > 0) headers = { ...headers, Cookie: cookies.join('; ') };
    return { path: text, query: pairs, header: headers, rest };
  };
}

/** `name=a&name=b`: the usual style of a query. */
const pairsOf = (name: string, value: unknown): string =>
  [value]
    .flat()
    .map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(`${one ?? ''}`)}`)
    .join('&');
