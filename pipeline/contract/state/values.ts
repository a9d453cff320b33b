import { randomUUID } from 'node:crypto';
import { Random } from '../../document/random.ts';
import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject, withAt } from '../document/json.ts';
import { fit } from '../schema/fit.ts';
import { build } from '../schema/make.ts';
import { places } from '../schema/places.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';

/** Values for parameters and members of bodies, from the config file: by `name`, or by `operationId.name`. */
export type FixedValues = Readonly<Record<string, unknown>>;

export const fixedFor = (fixed: FixedValues, operation: Operation, name: string): unknown =>
  fixed[`${operation.id}.${name}`] ?? fixed[name];

/** An ordinary value of a parameter: what the document gives as an example, or one that its schema allows. */
export function ordinary(document: Document, parameter: Parameter): unknown {
  const ascii = parameter.in !== 'query';
  const [given] = parameter.examples
    .map((example) => asTyped(document, parameter.schema, example))
    .filter((example) => validate(document.resolve, parameter.schema, example, 'request').length === 0);
  if (given !== undefined) return given;
  const built = build(document.resolve, parameter.schema, { ascii, name: parameter.name });
  const value = 'value' in built ? built.value : undefined;
  return parameter.in === 'path' && (value === '' || value === undefined) ? 'text' : value;
}

/** Documents write examples of numbers as text, and of lists as one item. */
function asTyped(document: Document, schema: Schema, value: unknown): unknown {
  const { types } = viewOf(document.resolve, schema);
  if (typeof value === 'string' && !types.includes('string')) {
    if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
    if (types.includes('boolean') && /^(true|false)$/.test(value)) return value === 'true';
    if (types.includes('array')) return value.split(',');
  }
  return typeof value === 'number' && types.includes('string') && !types.includes('number') ? String(value) : value;
}

/** A value that fits the parameter's schema and names nothing that exists; undefined where there is none. */
export function absentValue(document: Document, { schema }: Parameter): unknown {
  const view = viewOf(document.resolve, schema);
  if (view.enum !== undefined || 'const' in view) return undefined;
  const fits = (value: unknown) => validate(document.resolve, schema, value, 'request').length === 0;
  if (view.types.includes('integer') || view.types.includes('number')) {
    const random = Math.floor(Math.random() * 1000);
    return [2_147_480_000 + random, (view.maximum ?? 0) - 1, 987_000 + random].find(fits);
  }
  const id = randomUUID();
  const random = new Random(Math.floor(Math.random() * 2 ** 31));
  const built = build(document.resolve, schema, { random, ascii: true });
  return [
    `none-${id}`,
    id,
    fit(`none${id.replaceAll('-', '')}`, view.minLength, view.maxLength),
    'value' in built ? built.value : undefined,
  ].find((value) => value !== undefined && value !== '' && fits(value));
}

const NAMING = /name|title|slug|key|e?mail|login|user|code|sku|handle|label|id$|number|isbn|subject|domain|host|path/i;
let last = 0;

/** The body with other texts in the members that are likely to have to be unique. */
export function fresh(document: Document, schema: Schema, body: unknown, but?: readonly (string | number)[]): unknown {
  if (!isObject(body)) return body;
  let changed: unknown = body;
  for (const { path, value, view } of places(document.resolve, schema, body)) {
    const name = path.at(-1);
    if (path.length > 2 || typeof value !== 'string' || typeof name !== 'string' || !NAMING.test(name)) continue;
    if (view.enum !== undefined || 'const' in view || (but !== undefined && samePlace(path, but))) continue;
    last += 1;
    const mark = `${last.toString(36)}${Math.floor(Math.random() * 46_656).toString(36)}`;
    const candidates =
      view.pattern !== undefined
        ? matching(document, { ...view, type: 'string' } as Schema)
        : view.format === 'uuid'
          ? [randomUUID()]
          : /mail/i.test(`${name} ${view.format ?? ''}`)
            ? [value.replace(/^[^@]*/, (local) => `${local.replace(/\+.*$/, '')}+${mark}`), `u${mark}@example.com`]
            : view.format !== undefined && view.format !== 'hostname'
              ? []
              : suffixed(value, mark, view.maxLength);
    const fitting = candidates.find((one) => {
      const tried = withAt(changed, path, one);
      return validate(document.resolve, schema, tried, 'request').length === 0;
    });
    if (fitting !== undefined) changed = withAt(changed, path, fitting);
  }
  return changed;
}

/** Other texts that match the pattern, long enough to be new where they may be. */
function matching(document: Document, { pattern, minLength = 0, maxLength = 99 }: Schema): unknown[] {
  const random = new Random(Math.floor(Math.random() * 2 ** 31));
  return [Math.min(Math.max(minLength, 10), maxLength), minLength].flatMap((least) => {
    const schema = { type: 'string', pattern, minLength: least, maxLength } as Schema;
    const built = build(document.resolve, schema, { random, ascii: true });
    return 'value' in built ? [built.value] : [];
  });
}

function suffixed(value: string, mark: string, maxLength = Number.POSITIVE_INFINITY): string[] {
  const room = maxLength - mark.length;
  if (room < 1) return [];
  const kept = [...value].slice(0, Math.max(1, room - 1)).join('');
  return [`${kept}-${mark}`, `${kept}${mark}`, `${kept.replaceAll(/\d/g, '')}${last}`];
}

const samePlace = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index]);
