import type { Document, Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { viewOf } from '../schema/schema.ts';
import { authorised, canBeSent, requestFor } from '../state/instances.ts';
import type { Resource, Resources } from '../state/resources.ts';
import type { Prepared } from '../state/state.ts';
import type { Answer } from '../wire/messages.ts';
import type { Context, Failure } from './case.ts';
import { eventually } from './eventually.ts';
import { answerSchema, compared } from './readBack.ts';

/** The member by which an operation takes a list of objects and answers one, such as that of `POST /notes/bulk`. */
export function bulkMember({ resolve }: Document, operation: Operation): string | undefined {
  if (operation.method !== 'POST' || operation.body?.kind !== 'json' || !/bulk|batch/i.test(operation.path))
    return undefined;
  const sent = viewOf(resolve, operation.body.schema).properties;
  const got = viewOf(resolve, answerSchema(operation) ?? {}).properties;
  const isList = (schema: unknown): boolean => {
    const view = isObject(schema) ? viewOf(resolve, schema) : undefined;
    return view?.types.includes('array') === true && viewOf(resolve, view.items ?? {}).types.includes('object');
  };
  return Object.keys(sent).find((name) => isList(sent[name]) && isList(got[name]));
}

/** Each item that was sent is answered, and what was made of the first one can be read. */
export async function bulk(
  context: Context,
  resources: Resources,
  operation: Operation,
  { parameters, body }: Prepared,
  answer: Answer,
): Promise<Failure[]> {
  const member = bulkMember(context.document, operation);
  if (member === undefined || ![200, 201].includes(answer.status) || !isObject(body) || !isObject(answer.json))
    return [];
  const found = compared(context, answerSchema(operation), { [member]: body[member] }, answer, 'what was sent');
  const [first] = Array.isArray(answer.json[member]) ? answer.json[member] : [];
  const resource = resources.all().find((one) => isBeside(one, operation));
  if (found.length > 0 || resource?.reader === undefined || !isObject(first)) return found;
  const name = [resource.parameter, 'id'].map((one) => first[one]).find((one) => one !== undefined);
  if (name === undefined || !canBeSent(context, resource.reader)) return found;
  const { reader } = resource;
  return eventually(context, `${operation.id} bulk`, async () => {
    const request = requestFor(context, reader, { ...parameters, [resource.parameter]: name });
    const got = await context.sender.send(authorised(context, reader, request));
    if (got.status !== 404) return [];
    const message = `what it created can't be read: ${reader.id} answered ${got.status} for ${name}`;
    return [{ rule: 'read-back', place: '', message, curl: got.curl }];
  });
}

const isBeside = ({ path, creator, reader }: Resource, operation: Operation): boolean =>
  creator !== undefined &&
  reader !== undefined &&
  path.replace(/\/\{[^}]+\}$/, '') === operation.path.replace(/[/:][^/:]+$/, '');
