import { patternOf } from '../../../document/patterns.ts';
import { isObject } from '../../document/json.ts';
import type { Evaluation } from '../evaluation.ts';
import { fitsFormat } from '../formats.ts';
import { sameJson } from '../sameJson.ts';

const MAX_LISTED = 20;

/** Type, enum and const. */
export function plain({ schema, fail }: Evaluation, value: unknown): void {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    fail('type', `must be ${types.join(' or ')}`);
  }
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => sameJson(one, value))) {
    const values = schema.enum.slice(0, MAX_LISTED).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    fail('enum', `must be one of ${values.join(', ')}${schema.enum.length > MAX_LISTED ? ', …' : ''}`);
  }
  if ('const' in schema && !sameJson(schema.const, value)) fail('const', `must be ${JSON.stringify(schema.const)}`);
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'file':
      return typeof value === 'string';
    default:
      return typeof value === type;
  }
}

export function text({ schema, fail }: Evaluation, value: string): void {
  const { minLength, maxLength, pattern, format } = schema;
  if (minLength !== undefined || maxLength !== undefined) {
    const length = [...value].length;
    if (minLength !== undefined && length < minLength) fail('minLength', `must have at least ${minLength} characters`);
    if (maxLength !== undefined && length > maxLength) fail('maxLength', `must have at most ${maxLength} characters`);
  }
  if (typeof pattern === 'string' && patternOf(pattern)?.test(value) === false) {
    fail('pattern', `must match ${pattern}`);
  }
  if (typeof format === 'string' && !fitsFormat(format, value)) fail('format', `must be a valid ${format}`);
}

export function number({ schema, fail }: Evaluation, value: number): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  if (minimum !== undefined) {
    if (value < minimum) fail('minimum', `must be at least ${minimum}`);
    if (exclusiveMinimum === true && value === minimum) fail('exclusiveMinimum', `must be more than ${minimum}`);
  }
  if (maximum !== undefined) {
    if (value > maximum) fail('maximum', `must be at most ${maximum}`);
    if (exclusiveMaximum === true && value === maximum) fail('exclusiveMaximum', `must be less than ${maximum}`);
  }
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
    fail('exclusiveMinimum', `must be more than ${exclusiveMinimum}`);
  }
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) {
    fail('exclusiveMaximum', `must be less than ${exclusiveMaximum}`);
  }
  if (multipleOf !== undefined && multipleOf > 0) {
    const quotient = value / multipleOf;
    // 19.99 is a multiple of 0.01, though not in binary.
    if (Math.abs(quotient - Math.round(quotient)) > 1e-8 * Math.max(1, Math.abs(quotient))) {
      fail('multipleOf', `must be a multiple of ${multipleOf}`);
    }
  }
  if (format === 'int32' && (value < -(2 ** 31) || value > 2 ** 31 - 1)) fail('format', 'must fit into int32');
}
