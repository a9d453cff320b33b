import { type ErrorName, errors } from '../generated/errors.ts';
import type { components } from '../generated/schema.ts';

type Members<Name extends ErrorName> = Omit<components['schemas'][Name], 'message'>;

/** A documented refusal: its status and wire name come from the contract, its message goes to the caller. */
export class ServiceException<Name extends ErrorName> extends Error {
  override readonly name: Name;
  readonly status: number;
  /** Tells the app that the caller may see the message. */
  readonly expose = true;
  readonly members: Members<Name>;

  constructor(name: Name, message: string, members: Members<Name>) {
    super(message);
    this.name = name;
    this.status = errors[name].status;
    this.members = members;
  }
}

export const badRequest = (message: string) => new ServiceException('BadRequestException', message, {});

/** The kinds of things that can be missing. The service's own names are not known; these are ours. */
export type ResourceType = 'App' | 'BackendEnvironment' | 'Auth' | 'Job';

export const notFound = (resourceType: ResourceType, name: string) =>
  new ServiceException('NotFoundException', `${resourceType} ${name} does not exist.`, { resourceType });

/** Throws a 400 with a line for each violation, if there is any. */
export function refuse(violations: readonly string[]): void {
  if (violations.length > 0) throw badRequest(violations.join('\n'));
}
