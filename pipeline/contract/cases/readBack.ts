import type { Document, Operation } from '../document/document.ts';
import { isObject, type Path, pointer } from '../document/json.ts';
import { isHidden } from '../schema/marks.ts';
import { chosenFor } from '../schema/places.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { unwrapped } from '../state/instances.ts';
import { answerOf } from '../state/resources.ts';
import type { Answer } from '../wire/messages.ts';
import type { Context, Failure } from './case.ts';

export interface Difference {
  readonly place: string;
  readonly got: unknown;
  readonly wanted: unknown;
}

/** The schema of the answer of success. */
export const answerSchema = (operation: Operation | undefined): Schema | undefined =>
  operation && answerOf(operation)?.contents.find(({ kind }) => kind === 'json')?.schema;

/** Reports up to five members of an answer whose values differ from those sent. */
export function compared(
  { document }: Context,
  schema: Schema | undefined,
  sent: unknown,
  { json, curl }: Answer,
  what: string,
): Failure[] {
  if (schema === undefined) return [];
  return differences(document, schema, sent, json)
    .slice(0, 5)
    .map(({ place, got, wanted }) => ({
      rule: 'read-back',
      place,
      message: `${place}: ${what} ${what.endsWith('answers') ? `${show(got)} instead of ${show(wanted)}` : `was ${show(wanted)}, and the answer has ${show(got)}`}`,
      curl,
    }));
}

/** The time of a creation never moves. Read twice from the same place, it has the same precision. */
export function movedCreation(
  first: Readonly<Record<string, unknown>> | undefined,
  second: Readonly<Record<string, unknown>> | undefined,
  { curl }: Answer,
  what: string,
  isExact = false,
): Failure[] {
  if (first === undefined || second === undefined) return [];
  return Object.keys(first).flatMap((name) => {
    const [a, b] = [first[name], second[name]];
    if (!isCreationTime(name) || a === null || b === undefined || typeof a === 'object') return [];
    if (isExact ? sameInstant(a, b) : sameText('date-time', a, b)) return [];
    const message = `/${name}: ${what}: ${JSON.stringify(b)} instead of ${JSON.stringify(a)}`;
    return [{ rule: 'read-back', place: `/${name}`, message, curl }];
  });
}

const sameInstant = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'string' && typeof b === 'string' && Date.parse(a) === Date.parse(b));

/**
 * Where what is read differs from what was sent, as far as the answer's schema describes the same members. A member
 * that the answer does not describe, or describes otherwise, is not compared.
 */
export function differences(document: Document, schema: Schema, sent: unknown, got: unknown): Difference[] {
  if (!isObject(sent) || !isObject(got)) return [];
  const inner = unwrapped(got, sent);
  if (inner === undefined) return [];
  if (inner === got) return compare(document, schema, sent, got, []);
  const [name = ''] = Object.entries(got).find(([, value]) => value === inner) ?? [];
  const { properties } = viewOf(document.resolve, schema);
  return compare(document, properties[name] ?? {}, sent, inner, [name]);
}

function compare(document: Document, schema: Schema, sent: unknown, got: unknown, path: Path): Difference[] {
  const view = viewOf(document.resolve, schema, chosenFor(document.resolve, got ?? sent));
  const differs = (): Difference[] => [{ place: pointer(path), got, wanted: sent }];
  if (isObject(sent)) {
    if (!isObject(got)) return path.length === 0 ? [] : differs();
    return Object.entries(sent).flatMap(([name, value]) => {
      const member = Object.hasOwn(view.properties, name) ? view.properties[name] : undefined;
      const declared =
        member ?? (isObject(view.additionalProperties) ? (view.additionalProperties as Schema) : undefined);
      if (!isObject(declared) || value === undefined) return [];
      const { format } = document.resolve(declared);
      const directions = ['request', 'response'] as const;
      if (directions.some((one) => isHidden(document.resolve, declared, one))) return [];
      if (format === 'password' || format === 'binary') return [];
      // Members that the server adds are missing in what was sent.
      const faults = validate(document.resolve, declared, value, 'response');
      if (faults.some(({ keyword }) => keyword !== 'required')) return [];
      const at = [...path, name];
      if (!Object.hasOwn(got, name) || got[name] === null) {
        return isNothing(value) ? [] : [{ place: pointer(at), got: got[name], wanted: value }];
      }
      return compare(document, declared, value, got[name], at);
    });
  }
  if (Array.isArray(sent)) {
    if (!Array.isArray(got) || got.length !== sent.length) return differs();
    return sent.flatMap((item, index) => compare(document, view.items ?? {}, item, got[index], [...path, index]));
  }
  return sameText(view.format, sent, got) ? [] : differs();
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

/** Times may be written in another way, and so may addresses. */
export function sameText(format: string | undefined, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  if (format === 'date-time') return Math.abs(Date.parse(a) - Date.parse(b)) < 1000;
  if (format === 'uuid' || format === 'email' || format === 'hostname') return a.toLowerCase() === b.toLowerCase();
  return (format === 'uri' || format === 'url') && a.replace(/\/$/, '') === b.replace(/\/$/, '');
}

export const isCreationTime = (name: string): boolean =>
  /^(created|creation|create_?(time|date)|inserted|date_?created)/i.test(name);

export const isChangeTime = (name: string): boolean =>
  /^((updated|modified|changed|last_?(updated|modified|changed)|date_?(updated|modified))(_?(at|on|time|date))?|update_?time)$/i.test(
    name,
  );

export const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${[...text].slice(0, 77).join('')}…` : text;
};
