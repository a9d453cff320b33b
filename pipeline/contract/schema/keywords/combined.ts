import { distinct } from '../../../document/branches.ts';
import { isObject } from '../../document/json.ts';
import { discriminated, namesNone } from '../discriminated.ts';
import { type Evaluation, type Result, takeMarks } from '../evaluation.ts';
import { hiddenMembers } from '../marks.ts';
import type { Schema } from '../schema.ts';

/** Evaluates the keywords that combine schemas: `allOf`, `anyOf`, `oneOf`, `not` and `if`. */
export function combined(evaluation: Evaluation, value: unknown): void {
  const { schema, apply, fail, take } = evaluation;
  for (const part of Array.isArray(schema.allOf) ? schema.allOf : []) take(apply(part));
  alternatives(evaluation, 'anyOf', value);
  alternatives(evaluation, 'oneOf', value);
  if (schema.not !== undefined && apply(schema.not).faults.length === 0) fail('not', 'must not be of that form');
  conditional(evaluation);
}

function alternatives(evaluation: Evaluation, keyword: 'anyOf' | 'oneOf', value: unknown): void {
  const { schema, resolve, direction, apply, fail, take, takeFaults, result } = evaluation;
  const branches = schema[keyword];
  if (!Array.isArray(branches) || branches.length === 0) return;
  const meant = discriminated(resolve, schema, branches, value);
  if (meant !== undefined) {
    take(apply(meant));
    return;
  }
  if (direction === 'request' && namesNone(schema, branches, value)) {
    fail(keyword, 'must name one of the alternatives');
    return;
  }
  const results = branches.map((branch) => apply(branch));
  const fitting = results.filter(({ faults }) => faults.length === 0);
  for (const one of fitting) takeMarks(result, one);
  if (fitting.length === 0) {
    const nearest = results.toSorted((a, b) => a.faults.length - b.faults.length)[0]?.faults ?? [];
    const deeper = nearest.filter(({ keyword: word }) => word !== 'type' && word !== 'const' && word !== 'enum');
    if (branches.length === 1 || deeper.length === nearest.length) takeFaults(nearest.slice(0, 3));
    else fail(keyword, `fits none of the ${branches.length} alternatives`);
  } else if (keyword === 'oneOf' && fitting.length > 1 && areTold(evaluation, branches, results)) {
    fail('oneOf', `fits ${fitting.length} of the alternatives instead of one`);
  }
}

/**
 * Whether more than one of the alternatives that fit means something of its own. Those that hide members are not told
 * apart by what is left of them.
 */
function areTold({ resolve, direction }: Evaluation, branches: readonly Schema[], results: readonly Result[]): boolean {
  if (branches.some((branch) => isObject(branch) && hiddenMembers(resolve, branch, direction).length > 0)) return false;
  const fitting = branches.filter((_, index) => results[index]?.faults.length === 0);
  return distinct((ref) => resolve({ $ref: ref }), fitting).length > 1;
}

function conditional({ schema, apply, take, result }: Evaluation): void {
  if (schema.if === undefined) return;
  const condition = apply(schema.if);
  if (condition.faults.length === 0) takeMarks(result, condition);
  const next = condition.faults.length === 0 ? schema.then : schema.else;
  if (next !== undefined) take(apply(next));
}

/** The members and items that no other keyword has looked at. */
export function unevaluated({ schema, inside, fail, takeFaults, result }: Evaluation, value: unknown): void {
  const { unevaluatedProperties, unevaluatedItems } = schema;
  if (unevaluatedProperties !== undefined && isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (result.members.has(name)) continue;
      result.members.add(name);
      if (unevaluatedProperties === false) fail('unevaluatedProperties', `must not have ${name}`);
      else takeFaults(inside(unevaluatedProperties, member).faults, name);
    }
  }
  if (unevaluatedItems !== undefined && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (index >= result.items) takeFaults(inside(unevaluatedItems, item).faults, index);
    }
    result.items = value.length;
  }
}
