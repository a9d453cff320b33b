import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import { sameJson } from '../schema/sameJson.ts';
import { validate } from '../schema/validate.ts';
import { variations } from '../schema/vary.ts';
import { InferredState } from '../state/inferred.ts';
import { read, unwrapped } from '../state/instances.ts';
import type { Resource, Resources } from '../state/resources.ts';
import { keyOf } from '../wire/request.ts';
import { settledBase } from './accepted.ts';
import type { Case, Context, Failure } from './case.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { anyRefusal, either, successes } from './expectation.ts';
import { show } from './readBack.ts';

/** A PATCH that is told by its query which members to change (AIP-134 of the Google API standards). */
export function maskCases(resources: Resources, operation: Operation): Case[] {
  const mask = operation.parameters.find(
    ({ in: place, name }) => place === 'query' && /^(update|field)_?mask$/i.test(name),
  );
  const resource = resources.along(operation.path).at(-1);
  if (mask === undefined || operation.method !== 'PATCH' || !resource?.changers.includes(operation)) return [];
  return [
    {
      operation: operation.id,
      title: `changes what ${mask.name} names alone`,
      run: (context) => changesNamed(context, operation, resource, mask),
    },
  ];
}

async function changesNamed(
  context: Context,
  operation: Operation,
  resource: Resource,
  mask: Parameter,
): Promise<Failure[]> {
  const { state, document } = context;
  if (!(state instanceof InferredState)) throw new NotRun('there is no state');
  await settledBase(context, operation);
  const made = await state.another(resource, {});
  const before = made && unwrapped((await read(context, made))?.json, made.sent);
  if (made === undefined || !made.certain || before === undefined) throw new NotRun('nothing could be created for it');
  const changes = changesOf(document, operation, made.sent).filter(({ name, value }) => !sameJson(before[name], value));
  const [named, other] = changes.filter(({ name }) => Object.hasOwn(before, name));
  if (named === undefined || other === undefined || !isObject(made.sent))
    throw new NotRun('it has no two members to change');
  if (validate(document.resolve, mask.schema, named.name, 'request').length > 0)
    throw new NotRun('the mask has another form');
  const body = { ...made.sent, [named.name]: named.value, [other.name]: other.value };
  const { answer } = await exchanged(context, operation, {
    body,
    prepared: state.on(made, operation, body),
    values: { [keyOf(mask)]: named.name },
    expected: () => either(successes(operation), anyRefusal(operation)),
  });
  const got = isSuccess(answer.status) ? await read(context, made) : undefined;
  const after = unwrapped(got?.json, made.sent);
  if (got === undefined || after === undefined) return [];
  const failure = (name: string, message: string): Failure[] => [
    {
      rule: 'mask',
      place: `/${name}`,
      message: `/${name} ${message} where ${mask.name} was ${named.name}`,
      curl: got.curl,
    },
  ];
  if (sameJson(after[named.name], before[named.name]))
    return failure(named.name, `is still ${show(before[named.name])}`);
  return sameJson(after[other.name], other.value) ? failure(other.name, `became ${show(other.value)}`) : [];
}

/** Another value of each member of the body, one for each. */
function changesOf(document: Document, operation: Operation, sent: unknown) {
  const varied = variations(document.resolve, operation.body?.schema ?? {}, sent);
  const found = new Map<string, unknown>();
  for (const { path, body } of varied) {
    const [name] = path;
    if (path.length !== 1 || typeof name !== 'string' || !isObject(body) || found.has(name)) continue;
    if (typeof body[name] === 'string' && body[name] !== '') found.set(name, body[name]);
    else if (typeof body[name] === 'number') found.set(name, body[name]);
  }
  return [...found].map(([name, value]) => ({ name, value }));
}
