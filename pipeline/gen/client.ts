import { dirname, posix } from 'node:path';
import type { ErrorResponse } from './errors.ts';
import type { Paths } from './project.ts';
import { banner, jsdoc, member } from './text.ts';

/** The client of this document: its exceptions and its methods' types, over the core that knows no document. */
export function client(errors: readonly ErrorResponse[], paths: Paths, core = 'openapi-strict-fetch'): string {
  const at = (path: string) => posix.relative(dirname(paths.client), path);
  const classes = errors.map(({ name, description, status }) => {
    const body = `components['responses']['${name}']['content']['application/json']`;
    // The name is said, not derived: minifiers rename classes.
    return `
${jsdoc(`${description} (status ${status})`)}export class ${name} extends ApiException<
  ${body}
> {
  static override readonly name = '${name}';
}
`;
  });
  const some = errors.length > 0;
  const byType = errors.map(({ name, type }) => (type === name ? `  ${name},\n` : `  ${member(type)}: ${name},\n`));
  return `${banner}
import { ${some ? 'ApiException, ' : ''}type ApiClient, type ClientOptions, createApiClient } from '${core}';
import { operations as table } from '${at(paths.operations)}';
import type { ${some ? 'components, ' : ''}operations, paths } from '${at(paths.types)}';
${classes.join('')}
/** By the name on the wire. */
const exceptions = {
${byType.join('')}};

export type Client = ApiClient<paths, operations, typeof table>;

export const createClient = (options: ClientOptions): Client =>
  createApiClient<paths, operations, typeof table>(table, exceptions, options);
`;
}
