import type { Operation } from '../../pipeline/forms/document.ts';

/** The subcommand of `aws amplifybackend` for an operation; undefined where the AWS CLI has none. */
export function cliCommand(operation: Operation): string | undefined {
  // AWS's own API is all under /backend, and its model has no preflight requests.
  if (operation.method === 'OPTIONS' || !/^\/backend(\/|$)/.test(operation.path)) return undefined;
  return operation.id.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
}

/**
 * The input in the names of AWS's model, which the CLI takes: `client_id` is ClientId there, `oAuth` is OAuth. Names of
 * members alone: where a schema lets any member in, these are as they are.
 */
export function inModelNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inModelNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [modelName(name), inModelNames(member)]));
}

export function modelName(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
