import type { Document, Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { InferredState } from '../state/inferred.ts';
import { authorised, canBeSent, type Instance, read, requestFor, unwrapped } from '../state/instances.ts';
import { answerOf, itemsOf, listIn, type Resource, type Resources } from '../state/resources.ts';
import { settledBase } from './accepted.ts';
import { type Case, type Context, type Failure, NotRun } from './case.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { successes } from './expectation.ts';
import { differences } from './readBack.ts';

/** What happens to one resource leaves those beside it alone, and none is found below a parent that is not its own. */
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
    if (changers.includes(operation)) add('changes only what its path names', (trial) => leavesAlone(trial, resource));
    if (remover === operation) add('removes only what its path names', (trial) => leavesAlone(trial, resource));
    const parent = resources.along(path).at(-2);
    if (parent?.creator === undefined || parent.named) continue;
    if (reader === operation && '404' in operation.responses) {
      add(`answers 404 below another ${parent.parameter}`, (trial) => isNotElsewhere(trial, resource, parent));
    }
    if (lister === operation && listIn(document, operation) !== undefined) {
      add(`lists only what belongs to its ${parent.parameter}`, (trial) =>
        isNotListedElsewhere(trial, resource, parent),
      );
    }
  }
  return found;
}

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
    const { [instance.resource.parameter]: _own, ...parents } = instance.parameters;
    return this.make(instance.resource, parents);
  }

  async read(instance: Instance) {
    const answer = await read(this.context, instance);
    if (answer?.status !== 200) throw new NotRun('what was created could not be read');
    return answer;
  }

  fail(message: string, curl: string, place = ''): void {
    this.failures.push({ rule: 'isolation', place, message, curl });
  }
}

const nameOf = ({ parameters, resource }: Instance): string => String(parameters[resource.parameter]);

async function makesAnother(trial: Neighbours, resource: Resource): Promise<void> {
  const one = await trial.make(resource);
  const before = await trial.read(one);
  const other = await trial.beside(one);
  if (nameOf(other) === nameOf(one)) {
    trial.fail(`named a second one ${nameOf(one)} too`, other.answer.curl);
    return;
  }
  await isUnchanged(trial, one, before.json, 'another creation');
}

async function leavesAlone(trial: Neighbours, resource: Resource): Promise<void> {
  const { context, operation } = trial;
  const other = await trial.make(resource);
  const before = await trial.read(other);
  const target = await trial.beside(other);
  const outcome = context.bases.outcomes.get(operation);
  const { answer } = await exchanged(context, operation, {
    body: outcome?.body,
    parameters: () => target.parameters,
    expected: () => successes(operation),
  });
  if (!isSuccess(answer.status)) throw new NotRun('its request was refused');
  if (operation === resource.remover) target.gone = true;
  await isUnchanged(trial, other, before.json, `${operation.method} ${nameOf(target)}`);
}

async function isUnchanged(trial: Neighbours, other: Instance, before: unknown, what: string): Promise<void> {
  const { context } = trial;
  const after = await read(context, other);
  if (after === undefined) return;
  if ([404, 410].includes(after.status)) {
    trial.fail(
      `${what} took ${nameOf(other)} away too: ${other.resource.reader?.id} answered ${after.status}`,
      after.curl,
    );
    return;
  }
  const [first, second] = [before, after.json].map((json) => unwrapped(context.document, json, other.sent));
  if (first === undefined || second === undefined || !isObject(other.sent)) return;
  for (const name of Object.keys(other.sent)) {
    if (JSON.stringify(first[name]) === JSON.stringify(second[name])) continue;
    const values = `${JSON.stringify(first[name])} to ${JSON.stringify(second[name])}`;
    trial.fail(`${what} changed /${name} of ${nameOf(other)} too, from ${values}`, after.curl, `/${name}`);
    return;
  }
}

async function isNotElsewhere(trial: Neighbours, resource: Resource, parent: Resource): Promise<void> {
  const { context, operation } = trial;
  const { child, elsewhere } = await strangers(trial, resource, parent);
  const answer = await context.sender.send(authorised(context, operation, requestFor(context, operation, elsewhere)));
  if (!isSuccess(answer.status) || !isSame(trial, child, answer.json)) return;
  const message = `answered ${answer.status} for ${nameOf(child)} below ${elsewhere[parent.parameter]}, to which it does not belong`;
  trial.fail(message, answer.curl);
}

async function isNotListedElsewhere(trial: Neighbours, resource: Resource, parent: Resource): Promise<void> {
  const { context, operation } = trial;
  const list = listIn(context.document, operation);
  if (list === undefined) return;
  const { child, elsewhere } = await strangers(trial, resource, parent);
  const answer = await context.sender.send(authorised(context, operation, requestFor(context, operation, elsewhere)));
  if (!isSuccess(answer.status)) return;
  const names = [resource.parameter, 'id'];
  const found = itemsOf(answer.json, list).some(
    (item) =>
      isObject(item) && names.some((name) => String(item[name]) === nameOf(child)) && isSame(trial, child, item),
  );
  if (found) trial.fail(`lists ${nameOf(child)} below ${elsewhere[parent.parameter]} too`, answer.curl);
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
  const schema = resource.reader && answerOf(resource.reader)?.contents.find(({ kind }) => kind === 'json')?.schema;
  return schema !== undefined && isObject(json) && differences(context.document, schema, sent, json).length === 0;
}

/** Makes a part of each kind below a resource, to see whether they go with it. */
export async function partsOf(context: Context, resources: Resources, instance: Instance): Promise<Instance[]> {
  if (!(context.state instanceof InferredState)) return [];
  const below = resources
    .all()
    .filter(({ path, creator, reader }) => creator && reader && path.startsWith(`${instance.resource.path}/`))
    .filter(({ path }) => (path.slice(instance.resource.path.length).match(/\{/g) ?? []).length === 1);
  const made: Instance[] = [];
  for (const resource of below.slice(0, 3)) {
    if (resource.reader === undefined || !canBeSent(context, resource.reader)) continue;
    const part = await context.state.another(resource, instance.parameters);
    if (part?.certain) made.push(part);
  }
  return made;
}
