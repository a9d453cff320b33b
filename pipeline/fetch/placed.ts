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
    const isInPath = path.includes(`{${name}}`);
    if (isInPath && text !== undefined) found.template = found.template.replace(`{${name}}`, () => text);
    // Parameters of one name in several places all take the member's value.
    const [isInQuery, isInHeader, isInCookie] = [query, header, cookie].map((names) => names.includes(name));
    if (isInQuery) found.query.push(text ?? pairs(name, value));
    if (isInHeader) found.header[name] = text ?? value;
    if (isInCookie) cookies.push(text ?? pairs(name, value));
    if (!(isInPath || isInQuery || isInHeader || isInCookie)) found.rest[name] = value;
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
