import { dirname, posix } from 'node:path';
import { clientModule } from '../client/module.ts';
import { validatorModule } from '../client/validators.ts';
import type { Step } from '../step.ts';
import { banner } from '../text.ts';
import { isHandled } from './handlers.ts';

/** The client of a document: a method for each operation, and a class for each error. */
export const client: Step = {
  name: 'client',
  makes: (project) => project.client,
  run: ({ project, document, operations }) => {
    const at = posix.relative(dirname(project.client), `${project.generated}/schema.js`);
    const served = operations.filter((operation) => isHandled(project, operation));
    const options = { ...project.clientOptions, types: at.startsWith('.') ? at : `./${at}`, banner: banner(project) };
    const files = new Map([[project.client, clientModule(document, served, options)]]);
    if (options.validate) {
      files.set(`${dirname(project.client)}/validate.ts`, validatorModule(document, served, banner(project)));
    }
    return { files };
  },
};
