import type { Document, Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import { viewOf } from '../schema/schema.ts';
import { InferredState } from '../state/inferred.ts';
import {
  authorised,
  type Instance,
  isNameOf,
  nameOf,
  parentsOf,
  read,
  requestFor,
  unwrapped,
} from '../state/instances.ts';
import { itemsOf, listIn, type Resource, type Resources } from '../state/resources.ts';
import type { Answer } from '../wire/messages.ts';
import { settledBase } from './accepted.ts';
import type { Case, Context, Failure } from './case.ts';
import { eventually } from './eventually.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { successes } from './expectation.ts';
import { answerSchema, differences } from './readBack.ts';
import { gone, saysGone } from './removed.ts';

const MAX_PARTS = 3;

/** Checks that changing one resource doesn't affect its siblings, and that none can be found under another parent. */
export function neighbourCases(document: Document, resources: Resources, operation: Operation): Case[] {
  const found: Case[] = [];
  const add = (title: string, run: (trial: Neighbours) => Promise<void>) =>
    found.push({
      operation: operation.id,
      title,
      run: async (context) => {
        if (!(context.state instanceof InferredState)) throw new NotRun('there is no state');
        await settledBase(context, operation);
        const trial = new Neighbours(context, context.state, operation);
        await run(trial);
        return trial.failures;
      },
    });
  for (const resource of resources.all()) {
    const { creator, reader, changers, remover, lister, path } = resource;
    if (creator === undefined || reader === undefined) continue;
    if (creator === operation && !resource.named)
      add('makes another one each time', (trial) => makesAnother(trial, resource));
    if (isVerbOf(resource, operation)) {
      add('acts on what its path names alone', (trial) => actsAlone(trial, resource));
      const [said] = effectsOf(document, resource, operation);
      if (said !== undefined) add('does what its name says', (trial) => acts(trial, resource, said));
    }
    if (changers.includes(operation)) add('changes only what its path names', (trial) => leavesAlone(trial, resource));
    if (remover === operation) {
      add('removes only what its path names', (trial) => leavesAlone(trial, resource));
      const parts = partsOf(resources, resource);
      if (parts.length > 0) add('removes its parts with it', (trial) => takesParts(trial, resource, parts));
    }
    const parent = resources.along(path).at(-2);
    if (parent?.creator === undefined || parent.named) continue;
    if (reader === operation && '404' in operation.responses)
      add(`answers 404 below another ${parent.parameter}`, (trial) => isNotElsewhere(trial, resource, parent));
    if (lister === operation && listIn(document, operation) !== undefined) {
      add(`lists only what belongs to its ${parent.parameter}`, (trial) =>
        isNotListedElsewhere(trial, resource, parent),
      );
    }
  }
  return found;
}

/** An action on one of them, such as `POST /notes/{id}/archive` or `POST /notes/{id}:archive`. */
const isVerbOf = ({ path }: Resource, { method, path: own, responses }: Operation): boolean =>
  method === 'POST' && /^[:/]\w+$/.test(own.slice(path.length)) && own.startsWith(path) && !('201' in responses);

/** The kinds of resources that stand one step below. */
const partsOf = (resources: Resources, { path }: Resource): Resource[] =>
  resources
    .all()
    .filter((one) => one.creator && one.reader && one.path.startsWith(`${path}/`))
    .filter((one) => one.path.slice(path.length).split('{').length === 2)
    .slice(0, MAX_PARTS);

class Neighbours {
  readonly context: Context;
  readonly state: InferredState;
  readonly operation: Operation;
  readonly failures: Failure[] = [];

  constructor(context: Context, state: InferredState, operation: Operation) {
    this.context = context;
    this.state = state;
    this.operation = operation;
  }

  async make(resource: Resource, parameters: Readonly<Record<string, unknown>> = {}): Promise<Instance> {
    const made = await this.state.another(resource, parameters);
    if (made === undefined || !made.certain) throw new NotRun('nothing could be created for it');
    return made;
  }

  /** Makes one beside another, below the same parent. */
  async beside(instance: Instance): Promise<Instance> {
    return this.make(instance.resource, parentsOf(instance));
  }

  async read(instance: Instance): Promise<Answer> {
    const answer = await read(this.context, instance);
    if (answer?.status !== 200) throw new NotRun('what was created could not be read');
    return answer;
  }

  /** Sends the operation's ordinary request to a resource. */
  async send(instance: Instance): Promise<Answer> {
    const { context, operation, state } = this;
    const body = context.bases.outcomes.get(operation)?.body;
    const prepared = state.on(instance, operation, body);
    const { answer } = await exchanged(context, operation, {
      body,
      prepared,
      expected: () => successes(operation),
    });
    if (!isSuccess(answer.status)) throw new NotRun('its request was refused');
    return answer;
  }

  fail(message: string, { curl }: Answer, place = ''): void {
    this.failures.push({ rule: 'isolation', place, message, curl });
  }
}

async function makesAnother(trial: Neighbours, resource: Resource): Promise<void> {
  const one = await trial.make(resource);
  const before = await trial.read(one);
  const other = await trial.beside(one);
  if (nameOf(other) === nameOf(one)) {
    // Each 201 says that there is a new one (RFC 9110, 15.3.2); the same twice may be the same one.
    const isNew = [one, other].every(({ answer }) => answer.status === 201);
    const isAlike = JSON.stringify(one.sent) === JSON.stringify(other.sent);
    if (isNew && !isAlike) trial.fail(`named a second one ${nameOf(one)} too`, other.answer);
    return;
  }
  await isLeftAlone(trial, one, before, other.sent, 'another creation');
}

async function leavesAlone(trial: Neighbours, resource: Resource): Promise<void> {
  const { operation, state, context } = trial;
  const other = await trial.make(resource);
  const before = await trial.read(other);
  const [part] = operation === resource.remover ? partsOf(state.resources, resource) : [];
  const own = part && (await state.another(part, other.parameters));
  const target = await trial.beside(other);
  const answer = await trial.send(target);
  const sent = context.bases.outcomes.get(operation)?.body;
  await isLeftAlone(trial, other, before, sent, `${operation.method} ${nameOf(target)}`);
  if (own === undefined || !own.certain || answer.status === 202) return;
  const after = await read(context, own);
  if (after?.status !== 404) return;
  trial.fail(`${operation.method} ${nameOf(target)} took ${nameOf(own)} of ${nameOf(other)} away too`, after);
}

/**
 * Another one is still there, and has nothing of what was sent. More can't be asked: where one becomes the first, others
 * may move, and where one becomes the default, another is it no more.
 */
async function isLeftAlone(
  trial: Neighbours,
  other: Instance,
  earlier: Answer,
  sent: unknown,
  what: string,
): Promise<void> {
  const { context } = trial;
  const got = await read(context, other);
  if (got === undefined) return;
  if ([404, 410].includes(got.status)) {
    trial.fail(`${what} took ${nameOf(other)} away too: ${other.resource.reader?.id} answered ${got.status}`, got);
    return;
  }
  const [before, after] = [earlier.json, got.json].map((json) => unwrapped(json, other.sent));
  if (before === undefined || after === undefined || !isObject(sent)) return;
  for (const [name, value] of Object.entries(sent)) {
    const [a, b, own] = [before[name], after[name], value].map((one) => JSON.stringify(one));
    if (a === b || b !== own) continue;
    trial.fail(`${what} changed /${name} of ${nameOf(other)} too, from ${a} to ${b}`, got, `/${name}`);
    return;
  }
}

/** Checks that removing a parent removes its children. Some servers refuse to remove a parent that has any. */
async function takesParts(trial: Neighbours, resource: Resource, kinds: readonly Resource[]): Promise<void> {
  const { context, state, operation } = trial;
  const parent = await trial.make(resource);
  const parts: Instance[] = [];
  for (const kind of kinds) {
    const part = await state.another(kind, parent.parameters);
    if (part?.certain && isSuccess((await read(context, part))?.status ?? 0)) parts.push(part);
  }
  if (parts.length === 0) throw new NotRun('nothing could be created below it');
  const answer = await trial.send(parent);
  if (answer.status === 202 || ((await read(context, parent))?.status ?? 0) < 400) return;
  for (const part of parts) {
    const found = await eventually(context, `${operation.id} ${part.resource.path}`, async () => {
      const got = await read(context, part);
      if (got === undefined || !isSuccess(got.status) || saysGone(got.json, part.answer.json)) return [];
      return [gone(`what belongs to it is still there: ${part.resource.reader?.id} answered ${got.status}`, got)];
    });
    trial.failures.push(...found);
    part.gone = found.length === 0;
  }
}

/** Another one does not get the values that the one gets which an action names. */
async function actsAlone(trial: Neighbours, resource: Resource): Promise<void> {
  const other = await trial.make(resource);
  const before = await trial.read(other);
  const target = await trial.beside(other);
  await trial.send(target);
  const { json } = await trial.read(target);
  await isLeftAlone(trial, other, before, unwrapped(json, target.sent), `${trial.operation.id} of ${nameOf(target)}`);
}

interface Effect {
  readonly name: string;
  readonly value: unknown;
}

/** The members that have a value of the action's name among those of their enum. */
function effectsOf({ resolve }: Document, { reader }: Resource, { path }: Operation): Effect[] {
  const verb = /\w+$/.exec(path)?.[0].toLowerCase() ?? '';
  return Object.entries(viewOf(resolve, answerSchema(reader) ?? {}).properties).flatMap(([name, schema]) => {
    const values = isObject(schema) ? (viewOf(resolve, schema).enum ?? []) : [];
    const value = values.find((one) => typeof one === 'string' && isPast(one.toLowerCase(), verb));
    return value === undefined ? [] : [{ name, value }];
  });
}

/** Where a member has a value of the action's name, such as `archived`, the member does not stay as it was. */
async function acts(trial: Neighbours, resource: Resource, { name, value }: Effect): Promise<void> {
  const { context, operation } = trial;
  const target = await trial.make(resource);
  const before = unwrapped((await trial.read(target)).json, target.sent)?.[name];
  const answer = await trial.send(target);
  if (answer.status === 202 || before === undefined || before === value) return;
  const found = await eventually(context, `${operation.id} acts`, async () => {
    const after = await trial.read(target);
    if (unwrapped(after.json, target.sent)?.[name] !== before) return [];
    const message = `/${name} of ${nameOf(target)} is still ${JSON.stringify(before)}, and ${JSON.stringify(value)} was to be expected`;
    return [{ rule: 'action', place: `/${name}`, message, curl: after.curl }];
  });
  trial.failures.push(...found);
}

/** `archived` is what there is after `archive`, as `cancelled` is after `cancel`. */
const isPast = (value: string, verb: string): boolean =>
  verb.length > 3 && (value === `${verb}d` || value === `${verb}ed` || value === `${verb}${verb.at(-1)}ed`);

async function isNotElsewhere(trial: Neighbours, resource: Resource, parent: Resource): Promise<void> {
  const { context, operation } = trial;
  const { child, elsewhere } = await strangers(trial, resource, parent);
  const answer = await context.sender.send(authorised(context, operation, requestFor(context, operation, elsewhere)));
  if (!isSuccess(answer.status) || !isSame(trial, child, answer.json)) return;
  const where = `${nameOf(child)} below ${elsewhere[parent.parameter]}`;
  trial.fail(`answered ${answer.status} for ${where}, to which it does not belong`, answer);
}

async function isNotListedElsewhere(trial: Neighbours, resource: Resource, parent: Resource): Promise<void> {
  const { context, operation } = trial;
  const list = listIn(context.document, operation);
  if (list === undefined) return;
  const { child, elsewhere } = await strangers(trial, resource, parent);
  const answer = await context.sender.send(authorised(context, operation, requestFor(context, operation, elsewhere)));
  if (!isSuccess(answer.status)) return;
  const names = [resource.parameter, 'id', 'name'];
  const found = itemsOf(answer.json, list).some(
    (item) => isObject(item) && names.some((name) => isNameOf(child, item[name])) && isSame(trial, child, item),
  );
  if (found) trial.fail(`lists ${nameOf(child)} below ${elsewhere[parent.parameter]} too`, answer);
}

/** A resource, and the path that it would have below a parent that is not its own. */
async function strangers(trial: Neighbours, resource: Resource, parent: Resource) {
  const child = await trial.make(resource);
  const { [resource.parameter]: own, [parent.parameter]: kept, ...outer } = child.parameters;
  const other = await trial.make(parent, outer);
  if (other.parameters[parent.parameter] === kept) throw new NotRun('no second parent could be created');
  return { child, elsewhere: { ...other.parameters, [resource.parameter]: own } };
}

/** Names may be given out for each parent anew. */
function isSame({ context }: Neighbours, { sent, resource }: Instance, json: unknown): boolean {
  const schema = answerSchema(resource.reader);
  if (schema === undefined || !isObject(json) || !isObject(sent) || Object.keys(sent).length === 0) return false;
  return differences(context.document, schema, sent, json).length === 0;
}
