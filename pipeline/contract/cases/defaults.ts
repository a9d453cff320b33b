import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject, pointer } from '../document/json.ts';
import { sameJson } from '../schema/sameJson.ts';
import { viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { unwrapped } from '../state/instances.ts';
import type { Answer } from '../wire/messages.ts';
import { keyOf } from '../wire/request.ts';
import type { Context, Failure } from './case.ts';
import { answerSchema, sameText, show } from './readBack.ts';
import type { Trial } from './trial.ts';

/** Members that were left out, and which the answer has with another value than the document's default. */
export function withoutDefault({ document }: Context, operation: Operation, sent: unknown, answer: Answer): Failure[] {
  const given = sent === undefined ? {} : sent;
  const got = unwrapped(answer.json, given);
  if (operation.body === undefined || !isObject(given) || got === undefined) return [];
  const asked = viewOf(document.resolve, operation.body.schema).properties;
  const answered = viewOf(document.resolve, answerSchema(operation) ?? {}).properties;
  return Object.entries(asked).flatMap(([name, member]): Failure[] => {
    if (!isObject(member) || Object.hasOwn(given, name) || !Object.hasOwn(got, name)) return [];
    const { default: standard, readOnly, writeOnly, format } = viewOf(document.resolve, member);
    if (standard === undefined || isNothing(standard) || readOnly === true || writeOnly === true) return [];
    // An answer that has the member in another form has no place for it.
    const isAlike = got === answer.json ? Object.hasOwn(answered, name) : true;
    if (!isAlike || [member, answered[name] ?? {}].some((one) => !fits(document, one, standard))) return [];
    const value = got[name];
    if (sameJson(value, standard) || sameText(format, value, standard)) return [];
    const place = pointer([name]);
    const message = `${place} was left out and is ${show(value)}, the document's default is ${show(standard)}`;
    return [{ rule: 'default', place, message, curl: answer.curl }];
  });
}

const fits = ({ resolve }: Document, schema: object, value: unknown): boolean =>
  validate(resolve, schema, value, 'request').length === 0;

const isNothing = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** A parameter of a list, and what it stands for where it is left out. */
export interface Default {
  readonly parameter: Parameter;
  readonly value: unknown;
}

export const defaultsOf = (document: Document, { parameters }: Operation): Default[] =>
  parameters.flatMap((parameter) => {
    const { default: value } = viewOf(document.resolve, parameter.schema);
    if (parameter.in !== 'query' || parameter.required || value === undefined || value === null) return [];
    return fits(document, parameter.schema, value) ? [{ parameter, value }] : [];
  });

/** The same items in the same order, whether the default is sent or left out. */
export async function takesDefault(trial: Trial, { parameter, value }: Default): Promise<void> {
  await trial.make(3);
  const pages = [await trial.list.page({}), await trial.list.page({ [keyOf(parameter)]: value })];
  const [without, given] = pages;
  if (without === undefined || given === undefined) return;
  const [a, b] = [without, given].map(({ items }) => items.map((item) => trial.idOf(item)));
  if (a === undefined || a.includes(undefined) || sameJson(a, b)) return;
  const message = `answers ${a.length} items${a.length === b?.length ? ' in another order' : ''} where ${parameter.name} is left out, and ${b?.length} where it is ${show(value)}, its default`;
  trial.fail('default', message, without.curl);
}
