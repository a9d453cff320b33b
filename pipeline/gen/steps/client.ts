import { dirname, posix } from 'node:path';
import type { Project } from '../config.ts';
import type { Step } from '../step.ts';
import { banner, jsdoc, member } from '../text.ts';
import { type ErrorResponse, errorsOf } from './errors.ts';

/** The client of a document: its exceptions and its methods' types, over the core that knows no document. */
export const client: Step = {
  name: 'client',
  makes: (project) => project.client,
  run: ({ project, document }) => ({
    files: new Map([[project.client, clientOf(errorsOf(document, project.errorHeader), project)]]),
  }),
};

export function clientOf(
  errors: readonly ErrorResponse[],
  project: Pick<Project, 'client' | 'generated' | 'title'>,
): string {
  const at = (path: string) => {
    const relative = posix.relative(dirname(project.client), path);
    return relative.startsWith('.') ? relative : `./${relative}`;
  };
  const core = 'openapi-strict-fetch';
  const paths = { operations: `${project.generated}/operations.ts`, types: `${project.generated}/schema.ts` };
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
  return `${banner(project)}
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
${project.client.endsWith('index.ts') ? `\nexport type { components, operations, paths } from '${at(paths.types)}';\nexport * from '${core}';\n` : ''}`;
}
