import { formats } from './formats.ts';
import { isMultiple } from './numbers.ts';
import { patternOf } from './patterns.ts';
import { isObject, isReference, resolve } from './references.ts';
import { isOfType } from './schemas.ts';
import type { Document, Schema } from './types.ts';

const MAX_DEPTH = 32;

/**
 * Whether a request may hold a value, as the server checks it: with every keyword of its schema, what stands beside a
 * reference, and without `readOnly` members.
 */
export function fits(document: Document, node: unknown, value: unknown): boolean {
  return fitsWithin(document, node, value, []);
}

/** `within` are the schemas that hold it for the very same value, which would otherwise ask each other for ever. */
function fitsWithin(document: Document, node: unknown, value: unknown, within: readonly unknown[]): boolean {
  if (node === false) return false;
  if (!isObject(node) || within.includes(node) || within.length > MAX_DEPTH) return true;
  const again = (part: unknown, inner: unknown = value) =>
    fitsWithin(document, part, inner, inner === value ? [...within, node] : []);
  if (isReference(node)) {
    const { $ref, ...beside } = node as Schema;
    return again(resolve(document, { $ref } as never)) && (document.openapi.startsWith('3.0') || again(beside));
  }
  const schema = node as Schema;
  if (value === null && schema.nullable === true) return true;
  return (
    (schema.type === undefined || isOfType(new Set([schema.type].flat()), value)) &&
    isListed(schema, value) &&
    (typeof value !== 'string' || isText(schema, value)) &&
    (typeof value !== 'number' || isNumber(schema, value)) &&
    (!Array.isArray(value) || isList(schema, value, again)) &&
    (!isObject(value) || isMembers(document, schema, value, again)) &&
    isCombined(schema, again)
  );
}

type Again = (part: unknown, value?: unknown) => boolean;

function isListed({ enum: values, const: only }: Schema, value: unknown): boolean {
  const text = canonical(value);
  const isOne = !Array.isArray(values) || values.length === 0 || values.some((one) => canonical(one) === text);
  return isOne && (only === undefined || canonical(only) === text);
}

/** JSON with members in the order of their names. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

function isText({ minLength, maxLength, pattern, format }: Schema, value: string): boolean {
  const { length } = [...value];
  const check = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
  return (
    isBetween(minLength, length, maxLength) &&
    (typeof pattern !== 'string' || patternOf(pattern)?.test(value) !== false) &&
    check?.(value) !== false
  );
}

function isNumber(schema: Schema, value: number): boolean {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf, format } = schema;
  const isWithin = isBetween(minimum, value, maximum);
  const isAbove = !(above === true && value === minimum) && !(typeof above === 'number' && value <= above);
  const isBelow = !(below === true && value === maximum) && !(typeof below === 'number' && value >= below);
  const isStep = typeof multipleOf !== 'number' || multipleOf <= 0 || isMultiple(value, multipleOf);
  const isWhole = (format !== 'int32' && format !== 'int64') || Number.isInteger(value);
  return isWithin && isAbove && isBelow && isStep && isWhole && (format !== 'int32' || (value | 0) === value);
}

const isBetween = (least: unknown, value: number, most: unknown): boolean =>
  !(typeof least === 'number' && value < least) && !(typeof most === 'number' && value > most);

function isList(schema: Schema, value: readonly unknown[], again: Again): boolean {
  const { minItems, maxItems, uniqueItems, prefixItems = [], items } = schema;
  const isDistinct = uniqueItems !== true || new Set(value.map(canonical)).size === value.length;
  const isItem = (item: unknown, index: number) => again(prefixItems[index] ?? items, item);
  return isBetween(minItems, value.length, maxItems) && isDistinct && value.every(isItem);
}

function isMembers(document: Document, schema: Schema, value: Record<string, unknown>, again: Again): boolean {
  const { required = [], properties = {}, additionalProperties, minProperties, maxProperties } = schema;
  const names = Object.keys(value);
  const of = (name: string): unknown => (Object.hasOwn(properties, name) ? properties[name] : undefined);
  const patterns = Object.keys(isObject(schema.patternProperties) ? schema.patternProperties : {});
  const isNamed = (name: string) => of(name) !== undefined || patterns.some((one) => patternOf(one)?.test(name));
  // Defaults of the members are filled in before anything is checked.
  const isThere = (name: string) => Object.hasOwn(value, name) || says(document, of(name), 'default');
  return (
    isBetween(minProperties, names.length, maxProperties) &&
    required.every((name) => isThere(name) || says(document, of(name), 'readOnly')) &&
    names.every((name) =>
      isNamed(name)
        ? !says(document, of(name), 'readOnly') && again(of(name), value[name])
        : again(additionalProperties, value[name]),
    )
  );
}

function says(document: Document, node: unknown, keyword: string): boolean {
  const found = resolve<unknown>(document, node);
  return [node, found].some((one) => isObject(one) && one[keyword] !== undefined && one[keyword] !== false);
}

function isCombined({ allOf = [], anyOf, oneOf, not }: Schema, again: Again): boolean {
  const matching = (branches: readonly unknown[]) => branches.filter((branch) => again(branch)).length;
  return (
    matching(allOf) === allOf.length &&
    (!anyOf?.length || matching(anyOf) > 0) &&
    (!oneOf?.length || matching(oneOf) === 1) &&
    (not === undefined || !again(not))
  );
}
