/** The part of Redocly's plugin interface that the rules use. The CLI's package exports no types. */
export interface Location {
  readonly source: { readonly absoluteRef: string; readonly body: string };
  readonly pointer: string;
  readonly absolutePointer: string;
  child(path: string | number | (string | number)[]): Location;
  key(): Place;
}

/** Where a problem is shown: at a pointer into the file, or at a line and column of it. */
export type Place =
  | { source: Location['source']; pointer: string; reportOnKey?: boolean }
  | { source: Location['source']; pointer: undefined; start: LineCol; end: LineCol };

interface LineCol {
  line: number;
  col: number;
}

export interface Context {
  readonly location: Location;
  readonly key: string | number;
  report(problem: { message: string; location?: Place }): void;
  /** Follows a `$ref`; `from` is the file that holds it. Gives back what is not a reference. */
  resolve(node: unknown, from?: string): { node: unknown; location?: Location };
}

export type Visit<T> = (node: T, context: Context) => void;

export interface Visitor {
  any?: { enter: Visit<unknown> };
  ref?: { enter: (node: { $ref: string }, context: Context, target: { location?: Location }) => void };
  Root?: { leave: Visit<unknown> };
  PathItem?: Visit<Record<string, unknown>>;
  Operation?: Visit<Operation>;
  MediaType?: Visit<Exemplified>;
  Parameter?: Visit<Exemplified>;
  Header?: Visit<Exemplified>;
  Schema?: Visit<Schema>;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  responses?: Record<string, unknown>;
}

/** A media type, a parameter or a header: a schema with examples of it. */
export interface Exemplified {
  schema?: unknown;
  example?: unknown;
  examples?: Record<string, unknown>;
}

export interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, unknown>;
  enum?: unknown[];
  [keyword: string]: unknown;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
