/**
 * Where a member is -> what it is, such as `body resourceConfig.service` -> `string of Service, required`. Two such
 * records compare line by line, so that a difference names its place.
 */
export type Facts = Readonly<Record<string, string>>;

export interface OperationFacts {
  readonly method: string;
  /** Its parameters are written as the document writes them. */
  readonly path: string;
  readonly status: number;
  /** Places begin with path, query, header or body. */
  readonly input: Facts;
  /** Nobody is promised a member of an answer, so none is required here but within a member. */
  readonly output: Facts;
}

/** Names for a member, for those below it and for those of a list, and the fact about one. */
export const below = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);
export const each = (place: string): string => `${place}[]`;
export const fact = (type: string, required: boolean): string => (required ? `${type}, required` : type);
