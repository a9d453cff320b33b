import type { Path } from '../document/json.ts';
import type { Resolve, Schema } from './schema.ts';

/** A request ignores what is read-only, an answer what is write-only. */
export type Direction = 'request' | 'response';

/** A fault, by its path within the value at hand. */
export interface Found {
  readonly path: Path;
  readonly keyword: string;
  readonly message: string;
  /** The schema that holds the keyword. */
  readonly schema: Schema;
}

export interface Result {
  readonly faults: Found[];
  /** Members that a keyword has looked at, for `unevaluatedProperties`. */
  readonly members: Set<string>;
  /** How many of the first items a keyword has looked at, for `unevaluatedItems`. */
  items: number;
}

export const MAX_FAULTS = 50;

/** The evaluation of one schema for one value, as its keywords see it. */
export interface Evaluation {
  readonly resolve: Resolve;
  readonly direction: Direction;
  readonly schema: Schema;
  readonly result: Result;
  /** The members that are no part of a value in this direction, by any schema that holds for it. */
  readonly hidden: ReadonlySet<string>;
  /** Holds the value at hand against a part of the schema. */
  readonly apply: (part: unknown) => Result;
  /** Holds something within the value against a part of the schema. */
  readonly inside: (part: unknown, inner: unknown) => Result;
  readonly fail: (keyword: string, message: string, at?: Path) => void;
  /** Takes over the faults that something within has, and `step` is where it is. */
  readonly takeFaults: (faults: readonly Found[], step?: string | number) => void;
  /** Takes over all of a part's result for the same value. */
  readonly take: (other: Result) => void;
}

export function takeMarks(result: Result, other: Result): void {
  for (const member of other.members) result.members.add(member);
  result.items = Math.max(result.items, other.items);
}
