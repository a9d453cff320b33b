import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject, withAt } from '../document/json.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { keyOf } from '../wire/request.ts';
import { isWritable } from './filters.ts';
import { numberOf } from './ranges.ts';
import type { Trial } from './trial.ts';

/** One value of a parameter that sorts a list. */
export interface Sorting {
  readonly values: Readonly<Record<string, unknown>>;
  readonly member: string;
  /** Undefined where either may be meant. */
  readonly descending: boolean | undefined;
}

const SORTS = /^(sort(_?by)?|order(_?by|ing)?)$/i;
const DIRECTIONS = /^((sort|order)?_?(dir(ection)?|order)|order)$/i;

/** Sortings by numbers and times: how texts are sorted is not for a document to say. */
export function sortingsOf(document: Document, operation: Operation, item: Schema): Sorting[] {
  const { properties } = viewOf(document.resolve, item);
  const isOrdered = (name: string) => {
    const { types, format } = viewOf(document.resolve, properties[name] ?? {});
    return types.includes('number') || types.includes('integer') || format === 'date' || format === 'date-time';
  };
  const inQuery = operation.parameters.filter((one) => one.in === 'query');
  const enumOf = ({ schema }: Parameter): string[] =>
    (viewOf(document.resolve, schema).enum ?? []).filter((one) => typeof one === 'string');
  const direction = inQuery.find(
    (one) => DIRECTIONS.test(one.name) && enumOf(one).some((value) => /^(asc|desc)/i.test(value)),
  );
  const sort = inQuery.find((one) => one !== direction && SORTS.test(one.name));
  if (sort === undefined) return [];
  const values = enumOf(sort);
  return values.flatMap((value): Sorting[] => {
    const { name, descending } = readSort(value, values);
    if (!Object.hasOwn(properties, name) || !isOrdered(name)) return [];
    if (direction === undefined || descending !== undefined)
      return [{ values: { [keyOf(sort)]: value }, member: name, descending }];
    return enumOf(direction).map((way) => ({
      values: { [keyOf(sort)]: value, [keyOf(direction)]: way },
      member: name,
      descending: /^desc/i.test(way),
    }));
  });
}

/** `-total`, `total:desc` and `total_desc` say the same; `total` alone goes up where another value goes down. */
function readSort(value: string, all: readonly string[]): { name: string; descending: boolean | undefined } {
  const signed = /^([+-])(.+)$/.exec(value);
  if (signed?.[2] !== undefined) return { name: signed[2], descending: signed[1] === '-' };
  const worded = /^(.+?)[\s:_.-](asc|desc)(ending)?$/i.exec(value);
  if (worded?.[1] !== undefined) return { name: worded[1], descending: /^desc/i.test(worded[2] ?? '') };
  return { name: value, descending: all.includes(`-${value}`) ? false : undefined };
}

export async function sortsBy(trial: Trial, { values, member, descending }: Sorting): Promise<void> {
  const { resolve } = trial.context.document;
  const { properties } = viewOf(resolve, trial.item);
  const part = properties[member] ?? {};
  const isNumber = !/^date/.test(viewOf(resolve, part).format ?? '');
  // Neither in one order nor in the other.
  const fits = (one: number) => validate(resolve, part, one, 'request').length === 0;
  // As texts, 10 comes before 2.
  const order =
    [
      [2, 10, 1],
      [2, 3, 1],
    ].find((all) => all.every(fits)) ?? [];
  const canWrite = isNumber && order.length === 3 && isWritable(trial, member);
  await trial.make(3, (body, index) => (canWrite && isObject(body) ? withAt(body, [member], order[index]) : body));
  const listing = await trial.list.whole(undefined, values);
  if (listing === undefined) return;
  const sorted = listing.items.filter(isObject).filter((item) => !isPinned(item));
  const found = sorted.map((item) => numberOf(item[member])).filter((value) => value !== undefined);
  const goes = (sign: number) =>
    found.every((one, index) => index === 0 || sign * (one - (found[index - 1] ?? one)) >= 0);
  const isSorted = descending === undefined ? goes(1) || goes(-1) : goes(descending ? -1 : 1);
  if (isSorted) return;
  const asked = Object.values(values).join(' ');
  const shown = sorted.map((item) => JSON.stringify(item[member]));
  trial.fail('sort', `${member} is ${shown.slice(0, 6).join(', ')} where ${asked} was asked for`, listing.curl);
}

/** Whether an item is listed first regardless of the sort order. */
const isPinned = (item: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(item).some(([name, value]) => value === true && /pinned|sticky|featured|promoted|top/i.test(name));
