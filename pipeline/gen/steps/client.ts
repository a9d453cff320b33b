import { dirname, posix } from 'node:path';
import { mapTypes } from '../client/mapped.ts';
import { clientModule, isMapped } from '../client/module.ts';
import { validatorModule } from '../client/validators.ts';
import type { Step } from '../step.ts';
import { banner } from '../text.ts';
import { Typed } from '../typed.ts';
import { isHandled } from './handlers.ts';

/** The client of a document: a method for each operation, and a class for each error. */
export const client: Step = {
  name: 'client',
  makes: (project) => project.client,
  run: async ({ project, document, operations }) => {
    const from = (file: string) => {
      const at = posix.relative(dirname(project.client), `${project.generated}/${file}`);
      return at.startsWith('.') ? at : `./${at}`;
    };
    const files = new Map<string, string>();
    const hasOwnTypes = isMapped(project.clientOptions);
    if (hasOwnTypes) {
      const { typesOf } = await import('../openapiTypescript.ts');
      const types = await typesOf(mapTypes(new Typed(document).document(), project.clientOptions));
      files.set(`${project.generated}/client-schema.ts`, `${banner(project)}\n${types}`);
    }
    const served = operations.filter((operation) => isHandled(project, operation));
    const options = {
      ...project.clientOptions,
      types: from('schema.js'),
      ...(hasOwnTypes && { mappedTypes: from('client-schema.js') }),
      banner: banner(project),
    };
    files.set(project.client, clientModule(document, served, options));
    if (options.validate) {
      files.set(`${dirname(project.client)}/validate.ts`, validatorModule(document, served, banner(project)));
    }
    return { files };
  },
};
