import { patternOf } from '../../../document/patterns.ts';
import type { Evaluation } from '../evaluation.ts';

type Members = Readonly<Record<string, unknown>>;

export function object(evaluation: Evaluation, value: Members): void {
  count(evaluation, value);
  required(evaluation, value);
  members(evaluation, value);
  dependent(evaluation, value);
}

function count({ schema: { minProperties, maxProperties }, fail }: Evaluation, value: Members): void {
  const count = Object.keys(value).length;
  if (minProperties !== undefined && count < minProperties) {
    fail('minProperties', `must have at least ${minProperties} members`);
  }
  if (maxProperties !== undefined && count > maxProperties) {
    fail('maxProperties', `must have at most ${maxProperties} members`);
  }
}

function required({ schema, hidden, fail }: Evaluation, value: Members): void {
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    if (!Object.hasOwn(value, name) && !hidden.has(name)) fail('required', 'is required', [name]);
  }
}

function members({ schema, inside, fail, takeFaults, result }: Evaluation, value: Members): void {
  const { properties = {}, patternProperties = {}, additionalProperties, propertyNames } = schema;
  const patterns = Object.entries(patternProperties).map(([pattern, part]) => [patternOf(pattern), part] as const);
  for (const [name, member] of Object.entries(value)) {
    const parts: unknown[] = patterns.filter(([pattern]) => pattern?.test(name)).map(([, part]) => part);
    if (Object.hasOwn(properties, name)) parts.push(properties[name]);
    if (parts.length > 0) result.members.add(name);
    else if (additionalProperties === false) {
      fail('additionalProperties', `must not have ${name}`);
    } else if (additionalProperties !== undefined) {
      result.members.add(name);
      parts.push(additionalProperties);
    }
    for (const part of parts) takeFaults(inside(part, member).faults, name);
    if (propertyNames !== undefined && inside(propertyNames, name).faults.length > 0) {
      fail('propertyNames', `must not have a member called ${name}`);
    }
  }
}

function dependent({ schema, apply, take, fail }: Evaluation, value: Members): void {
  for (const [name, needed] of Object.entries(schema.dependentRequired ?? {})) {
    if (!Object.hasOwn(value, name)) continue;
    for (const one of needed) if (!Object.hasOwn(value, one)) fail('required', 'is required', [one]);
  }
  for (const [name, part] of Object.entries(schema.dependentSchemas ?? {})) {
    if (Object.hasOwn(value, name)) take(apply(part));
  }
}
