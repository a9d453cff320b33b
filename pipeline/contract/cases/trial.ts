import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import type { Schema } from '../schema/schema.ts';
import { InferredState } from '../state/inferred.ts';
import { canBeSent, type Instance, isNameOf, namesFor } from '../state/instances.ts';
import type { Resource } from '../state/resources.ts';
import type { Context, Failure } from './case.ts';
import { List, type Listing } from './pages.ts';

/** The shape of a list, and the resource whose instances it contains. */
export interface Listed {
  readonly member: string | undefined;
  /** The schema of its items. */
  readonly item: Schema;
  /** The resource that is made one path below, or one of the same schema that is made elsewhere. */
  readonly resource: Resource | undefined;
}

/** One try of a rule about a list, with resources of its own. */
export class Trial {
  readonly context: Context;
  readonly operation: Operation;
  readonly resource: Resource | undefined;
  readonly item: Schema;
  readonly state: InferredState;
  readonly list: List;
  readonly failures: Failure[] = [];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** How long a list may lag behind what was written, in ms. */
  readonly #lag: number;

  constructor(
    context: Context,
    operation: Operation,
    { resource, item }: Listed,
    list: List,
    parameters: Readonly<Record<string, unknown>>,
    lag = 0,
  ) {
    this.#lag = lag;
    this.context = context;
    this.operation = operation;
    this.resource = resource;
    this.item = item;
    this.state = context.state as InferredState;
    this.list = list;
    this.parameters = parameters;
  }

  async make(count: number, change?: (body: unknown, index: number) => unknown): Promise<Instance[]> {
    const made: Instance[] = [];
    for (let index = 0; index < count && this.resource !== undefined; index++) {
      const one = await this.state.another(this.resource, this.parameters, (body) => change?.(body, index) ?? body);
      if (one === undefined) break;
      made.push(one);
    }
    await this.caughtUp();
    return made;
  }

  async caughtUp(): Promise<void> {
    if (this.#lag > 0) await sleep(this.#lag);
  }

  idOf(item: unknown): string | undefined {
    if (!isObject(item)) return typeof item === 'string' || typeof item === 'number' ? String(item) : undefined;
    const names = this.resource === undefined ? [['id', true] as const] : namesFor(this.resource);
    const found = names
      .map(([name]) => item[name])
      .find((value) => typeof value === 'string' || typeof value === 'number');
    return found === undefined ? undefined : String(found);
  }

  has({ items }: Listing, instance: Instance): boolean {
    return items.some((item) => this.isAbout(item, instance));
  }

  /** By the members that name it; any member may, where there is none of these. */
  isAbout(item: unknown, instance: Instance): boolean {
    if (!isObject(item)) return isNameOf(instance, item);
    const names = namesFor(instance.resource).filter(([one, certain]) => certain && Object.hasOwn(item, one));
    const values = names.length > 0 ? names.map(([one]) => item[one]) : Object.values(item);
    return values.some((value) => isNameOf(instance, value));
  }

  /** The total is what all pages have. A total of what was selected may stand beside it. */
  failsTotal({ total, items, curl }: Listing): void {
    if (total === undefined || total.others.includes(items.length) || total.value === items.length) return;
    this.fail('total', `${total.name} is ${total.value}, but all pages have ${items.length} items`, curl, total.name);
  }

  fail(rule: string, message: string, curl: string, place = ''): void {
    this.failures.push({ rule, place, message, curl });
  }
}

const LAG = 600; // ms

/** Runs a rule again where it fails: others may use the server too, and its lists may lag behind. */
export async function confirmed(
  context: Context,
  operation: Operation,
  listed: Listed,
  run: (trial: Trial) => Promise<void>,
): Promise<Failure[]> {
  if (!(context.state instanceof InferredState)) throw new NotRun('there is no state');
  if (!canBeSent(context, operation)) throw new NotRun('there is no credential for it');
  let last: Failure[] = [];
  for (let tries = 0; tries < 2; tries++) {
    const { parameters, known } = await context.state.prepare(operation, undefined);
    if (known === false) throw new NotRun('it is not known what its path names');
    const list = new List(context, operation, listed, parameters);
    const trial = new Trial(context, operation, listed, list, parameters, tries === 0 ? 0 : LAG);
    await run(trial);
    await context.state.endCase();
    if (trial.failures.length === 0) return [];
    last = tries === 0 ? trial.failures : last.filter(({ rule }) => trial.failures.some((one) => one.rule === rule));
  }
  return last;
}
