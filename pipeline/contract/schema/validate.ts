import { isObject, type Path, pointer } from '../document/json.ts';
import { type Direction, type Evaluation, type Found, MAX_FAULTS, type Result, takeMarks } from './evaluation.ts';
import { combined, unevaluated } from './keywords/combined.ts';
import { list } from './keywords/list.ts';
import { object } from './keywords/object.ts';
import { number, plain, text } from './keywords/scalars.ts';
import { hiddenMembers } from './marks.ts';
import type { Resolve, Schema } from './schema.ts';

export type { Direction };

export interface Fault extends Found {
  /** A JSON Pointer into the value. */
  readonly place: string;
}

const MAX_DEPTH = 128;

/** Answers the faults of a value. */
export type Validate = (schema: unknown, value: unknown) => Fault[];

/**
 * Validates against a schema of OpenAPI 3.0 or of JSON Schema 2020-12, as it stands in the document. It interprets
 * the schema instead of compiling it, so that no odd schema of a document can stop a run.
 */
export function validate(resolve: Resolve, schema: unknown, value: unknown, direction: Direction): Fault[] {
  return validator(resolve, direction)(schema, value);
}

/**
 * Validates many values that share parts: each object and list is held against a schema once, so that of a copy which
 * differs in one place only the way to that place is looked at. No value may change while it is in use.
 */
export function validator(resolve: Resolve, direction: Direction): Validate {
  const context: Context = { resolve, direction, known: new WeakMap(), hiding: new WeakMap() };
  return (schema, value) =>
    evaluate(context, schema, value, WHOLE).faults.map((one) => ({ ...one, place: pointer(one.path) }));
}

interface Context {
  readonly resolve: Resolve;
  readonly direction: Direction;
  /** The results of objects and lists within a value, by the schemas that they were held against. */
  readonly known: WeakMap<object, Map<unknown, Result>>;
  /** The members that each schema hides. */
  readonly hiding: WeakMap<object, readonly string[]>;
}

interface Where {
  readonly isWhole: boolean;
  readonly depth: number;
  /** The schemas that ask for the very same value: one that leads back to itself would ask for ever. */
  readonly within: readonly unknown[];
  /** The members that those hide. */
  readonly hidden: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
const WHOLE: Where = { isWhole: true, depth: 0, within: [], hidden: NONE };

function evaluate(context: Context, given: unknown, value: unknown, where: Where): Result {
  const { isWhole, depth, within } = where;
  const result: Result = { faults: [], members: new Set(), items: 0 };
  if (given === false) {
    result.faults.push({ schema: {}, keyword: 'false', message: 'must not be there', path: [] });
    return result;
  }
  if (!isObject(given) || depth > MAX_DEPTH || within.includes(given)) return result;
  const schema = given as Schema;
  // OpenAPI 3.0: null is allowed whatever else the schema says.
  if (schema.nullable === true && value === null) return result;
  const hidden = isObject(value) ? allHidden(context, schema, where.hidden) : NONE;
  const apply = (part: unknown) =>
    evaluate(context, part, value, { isWhole, depth: depth + 1, within: [...within, given], hidden });
  const inside = (part: unknown, inner: unknown) => evaluatedOnce(context, part, inner, depth + 1);
  keywords({ ...context, schema, apply, inside, hidden, result, ...collecting(schema, result) }, value, isWhole);
  return result;
}

/** The functions by which keywords tell what they find. */
function collecting(schema: Schema, result: Result): Pick<Evaluation, 'fail' | 'take' | 'takeFaults'> {
  const takeFaults = (faults: readonly Found[], step?: string | number) => {
    for (const one of faults.slice(0, MAX_FAULTS - result.faults.length))
      result.faults.push(step === undefined ? one : { ...one, path: [step, ...one.path] });
  };
  return {
    takeFaults,
    take: (other) => {
      takeFaults(other.faults);
      takeMarks(result, other);
    },
    fail: (keyword: string, message: string, path: Path = []) => takeFaults([{ schema, keyword, message, path }]),
  };
}

function evaluatedOnce(context: Context, part: unknown, value: unknown, depth: number): Result {
  const where = { isWhole: false, depth, within: [], hidden: NONE };
  if (typeof value !== 'object' || value === null || !isObject(part)) return evaluate(context, part, value, where);
  const known = context.known.get(value) ?? new Map<unknown, Result>();
  const found = known.get(part) ?? evaluate(context, part, value, where);
  known.set(part, found);
  context.known.set(value, known);
  return found;
}

function allHidden({ hiding, resolve, direction }: Context, schema: Schema, hidden: ReadonlySet<string>) {
  const own = hiding.get(schema) ?? hiddenMembers(resolve, schema, direction);
  hiding.set(schema, own);
  return own.every((name) => hidden.has(name)) ? hidden : new Set([...hidden, ...own]);
}

function keywords(evaluation: Evaluation, value: unknown, isWhole: boolean): void {
  const { schema, resolve, direction, apply, take, fail } = evaluation;
  if (typeof schema.$ref === 'string') take(apply(resolve(schema)));
  if (schema.writeOnly === true && direction === 'response' && !isWhole) {
    fail('writeOnly', 'is write-only and must not be answered');
  }
  plain(evaluation, value);
  if (typeof value === 'string') text(evaluation, value);
  if (typeof value === 'number') number(evaluation, value);
  if (Array.isArray(value)) list(evaluation, value);
  if (isObject(value)) object(evaluation, value);
  combined(evaluation, value);
  unevaluated(evaluation, value);
}
