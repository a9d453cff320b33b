import { type Document, isSafe, type Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import type { Answer } from '../wire/messages.ts';
import { requestOf } from '../wire/request.ts';
import { authorised, canBeSent, type Instance, identityOf, namesFor, requestFor, versionFor } from './instances.ts';
import type { Means } from './means.ts';
import { itemsOf, listIn, type Resource, type Resources } from './resources.ts';
import type { Prepared, State } from './state.ts';
import { type FixedValues, fixedFor, ordinary } from './values.ts';

export interface InferredOptions {
  readonly resources: Resources;
  readonly fixed: FixedValues;
  /** Operations that must not be sent. */
  readonly excluded: (operation: Operation) => boolean;
  readonly means: Means;
}

const MAX_FAILURES = 2;
const TRIES = 3;
/** Shared by all operations of a run: how often making a resource has failed. */
export type Attempts = Map<Resource, { failures: number; body?: number }>;

/** Resources that the suite makes by the operations that the document's paths suggest, and removes. */
export class InferredState implements State {
  readonly #options: InferredOptions;
  readonly #attempts: Attempts;
  #shared: Instance[] | undefined;
  #made: Instance[] = [];
  #kept: Instance[] = [];

  constructor(options: InferredOptions, attempts: Attempts) {
    this.#options = options;
    this.#attempts = attempts;
  }

  async prepare(operation: Operation, body: unknown): Promise<Prepared> {
    const { resources, means, fixed } = this.#options;
    const { document } = means;
    const along = resources.along(operation.path);
    const safe = isSafe(operation);
    const parameters: Record<string, unknown> = {};
    let known = true;
    let instance: Instance | undefined;
    const chain = safe ? (this.#shared ?? (await this.#chain(along, operation))) : await this.#chain(along, operation);
    if (safe && this.#shared === undefined) {
      this.#shared = chain;
      this.#kept.push(...chain);
      this.#made = this.#made.filter((one) => !chain.includes(one));
    }
    for (const one of chain) {
      Object.assign(parameters, one.parameters);
      instance = one;
    }
    for (const parameter of operation.parameters.filter((one) => one.in === 'path')) {
      const { name } = parameter;
      if (Object.hasOwn(parameters, name)) continue;
      const given = fixedFor(fixed, operation, name);
      if (given !== undefined) parameters[name] = given;
      else {
        const listed = safe
          ? await this.#listed(
              along.find((one) => one.parameter === name),
              parameters,
            )
          : undefined;
        parameters[name] = listed ?? ordinary(document, parameter);
        if (listed === undefined && !hasFixedNames(document, operation, name)) known = false;
      }
    }
    if (instance !== undefined && !instance.certain) known = false;
    return { parameters, body: this.#withKnown(operation, body, parameters), known, ...(instance && { instance }) };
  }

  async settle(operation: Operation, { parameters, body, instance }: Prepared, answer: Answer): Promise<void> {
    if (answer.status < 200 || answer.status >= 300) return;
    if (operation.method === 'DELETE' && instance !== undefined && operation === instance.resource.remover) {
      instance.gone = true;
    }
    const resource = this.#options.resources.madeBy(operation);
    if (resource !== undefined) this.#note(resource, operation, answer, body, parameters);
  }

  get resources(): Resources {
    return this.#options.resources;
  }

  /** The instance that the last accepted request has made. */
  get newest(): Instance | undefined {
    return this.#made.findLast(({ gone }) => !gone);
  }

  /** A request of an operation to a resource that was made before. */
  on(instance: Instance, operation: Operation, body: unknown): Prepared {
    const { parameters } = instance;
    return { parameters, body: this.#withKnown(operation, body, parameters), known: instance.certain, instance };
  }

  /** Makes another resource, with a body that is changed before it is sent. */
  async another(
    resource: Resource,
    parameters: Readonly<Record<string, unknown>>,
    change: (body: unknown) => unknown = (body) => body,
  ): Promise<Instance | undefined> {
    return this.#create(resource, { ...parameters }, change);
  }

  async endCase(): Promise<void> {
    await this.#remove(this.#made.splice(0));
  }

  async close(): Promise<void> {
    await this.#remove([...this.#made.splice(0), ...this.#kept.splice(0)]);
    this.#shared = undefined;
  }

  #note(
    resource: Resource,
    creator: Operation,
    answer: Answer,
    sent: unknown,
    parameters: Readonly<Record<string, unknown>>,
  ): Instance | undefined {
    const identity = resource.named
      ? { value: parameters[resource.parameter], certain: true }
      : identityOf(this.#options.means.document, resource, creator, answer, sent);
    if (identity === undefined) return undefined;
    const instance: Instance = {
      resource,
      parameters: { ...parameters, [resource.parameter]: identity.value },
      sent,
      answer,
      certain: identity.certain,
      gone: false,
    };
    this.#made.push(instance);
    return instance;
  }

  /** Makes what the path names, the outermost first, as far as that is possible. */
  async #chain(along: readonly Resource[], operation: Operation): Promise<Instance[]> {
    const chain: Instance[] = [];
    let parameters: Record<string, unknown> = {};
    for (const resource of along) {
      const fixed = fixedFor(this.#options.fixed, operation, resource.parameter);
      // Values of the config are used as they are. Resources that the operation itself makes are not made before.
      if (fixed !== undefined || resource.creator === operation) {
        if (fixed !== undefined) parameters = { ...parameters, [resource.parameter]: fixed };
        continue;
      }
      const made = await this.#create(resource, parameters);
      if (made === undefined) break;
      chain.push(made);
      parameters = { ...parameters, ...made.parameters };
    }
    return chain;
  }

  async #create(
    resource: Resource,
    parameters: Readonly<Record<string, unknown>>,
    change: (body: unknown) => unknown = (body) => body,
  ): Promise<Instance | undefined> {
    const { creator } = resource;
    const context = this.#options.means;
    const attempt = this.#attempts.get(resource) ?? { failures: 0 };
    this.#attempts.set(resource, attempt);
    if (creator === undefined || context.readOnly || this.#options.excluded(creator)) return undefined;
    if (attempt.failures >= MAX_FAILURES || !canBeSent(context, creator)) return undefined;
    const needed = creator.parameters.filter((one) => one.in === 'path' && one.name !== resource.parameter);
    if (needed.some(({ name }) => !Object.hasOwn(parameters, name))) {
      const outer = await this.#chain(
        this.#options.resources.along(creator.path).filter((one) => one !== resource),
        creator,
      );
      if (outer.length === 0) return undefined;
      Object.assign(parameters, ...outer.map((one) => one.parameters));
    }
    const bodies = context.bases.creationBodies(creator);
    // Another name may be free where one was taken.
    const order = attempt.body === undefined ? bodies.keys() : Array(TRIES).fill(attempt.body);
    for (const index of order) {
      const body = change(this.#withKnown(creator, bodies[index]?.(), parameters));
      const path = resource.named ? { ...parameters, ...this.#newName(creator, resource) } : parameters;
      const values = context.bases.valuesOf(creator, path);
      const request = authorised(context, creator, requestOf(context.document, creator, { values, body }));
      const answer = await context.sender.send(request);
      if (answer.status !== 409 && answer.status >= 300 && attempt.body !== undefined) break;
      if (answer.status < 200 || answer.status >= 300) continue;
      attempt.body = index;
      attempt.failures = 0;
      return this.#note(resource, creator, answer, body, path);
    }
    attempt.failures += 1;
    return undefined;
  }

  #newName(creator: Operation, resource: Resource): Record<string, unknown> {
    const parameter = creator.parameters.find((one) => one.in === 'path' && one.name === resource.parameter);
    return parameter === undefined ? {} : { [resource.parameter]: this.#options.means.bases.newName(parameter) };
  }

  /** Members of a body that bear the name of a parameter name what is in the path. */
  #withKnown(operation: Operation, body: unknown, parameters: Readonly<Record<string, unknown>>): unknown {
    if (!isObject(body) || operation.body === undefined) return body;
    const { fixed } = this.#options;
    return Object.fromEntries(
      Object.entries(body).map(([name, value]) => {
        const given = fixedFor(fixed, operation, name);
        if (given !== undefined && typeof given === typeof value) return [name, given];
        const named = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
        return [name, named !== undefined && typeof named === typeof value ? named : value];
      }),
    );
  }

  /** The items that a list already holds, for requests that change nothing. */
  async #listed(resource: Resource | undefined, parameters: Readonly<Record<string, unknown>>): Promise<unknown> {
    const context = this.#options.means;
    const { lister } = resource ?? {};
    if (resource === undefined || lister === undefined || !canBeSent(context, lister)) return undefined;
    const list = listIn(context.document, lister);
    const needed = lister.parameters.filter((one) => one.in === 'path');
    if (list === undefined || needed.some(({ name }) => !Object.hasOwn(parameters, name))) return undefined;
    const answer = await context.sender.send(authorised(context, lister, requestFor(context, lister, parameters)));
    const [first] = itemsOf(answer.json, list);
    if (!isObject(first)) return typeof first === 'string' ? first : undefined;
    return namesFor(resource)
      .filter(([, certain]) => certain)
      .map(([name]) => first[name])
      .find((value) => typeof value === 'string' || typeof value === 'number');
  }

  async #remove(instances: readonly Instance[]): Promise<void> {
    const context = this.#options.means;
    for (const instance of instances.toReversed()) {
      const { remover } = instance.resource;
      if (instance.gone || remover === undefined || this.#options.excluded(remover)) continue;
      if (!canBeSent(context, remover)) continue;
      instance.gone = true;
      try {
        const version = await versionFor(context, remover, instance);
        const request = authorised(context, remover, requestFor(context, remover, instance.parameters, version));
        await context.sender.send(request, { always: true });
      } catch {
        // Whether removing works is what the cases of that operation tell.
      }
    }
  }
}

/** A parameter with an enum names what exists, whatever its value. */
function hasFixedNames(document: Document, operation: Operation, name: string): boolean {
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  return parameter !== undefined && document.resolve(parameter.schema).enum !== undefined;
}
