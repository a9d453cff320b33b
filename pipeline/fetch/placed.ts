import type { OperationDetails, Values } from './operation.ts';

/** The members of a flat input, each where its operation sends it. */
export interface Placed {
  /** The path template, with those parameters filled in that have a style of their own. */
  readonly template: string;
  readonly query: string[];
  readonly header: Values;
  /** The members of no parameter: those of the body. */
  readonly rest: Values;
}

export function placed(
  { path, query = [], header = [], cookie = [], styles = {} }: OperationDetails,
  input: Values,
): Placed {
  const found = { template: path, query: [] as string[], header: {} as Values, rest: {} as Values };
  const cookies: string[] = [];
  for (const name in input) {
    const value = input[name];
    if (value === undefined) continue;
    const text = Object.hasOwn(styles, name) ? styles[name]?.(value as never) : undefined;
    if (path.includes(`{${name}}`)) {
      if (text !== undefined) found.template = found.template.replace(`{${name}}`, () => text);
    } else if (query.includes(name)) found.query.push(text ?? pairs(name, value));
    else if (header.includes(name)) found.header[name] = text ?? value;
    else if (cookie.includes(name)) cookies.push(text ?? pairs(name, value));
    else found.rest[name] = value;
  }
  if (cookies.length > 0) found.header.Cookie = cookies.join('; ');
  return found;
}

/** `name=a&name=b`: the usual style of a query. */
const pairs = (name: string, value: unknown): string =>
  [value]
    .flat()
    .map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(`${one ?? ''}`)}`)
    .join('&');
