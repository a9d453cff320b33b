import type { Step } from '../step.ts';
import { banner } from '../text.ts';
import { Typed } from '../typed.ts';
import { handlerTypes } from './handlerTypes.ts';

/** The types of a document: its schemas and operations, and what handlers get and answer. */
export const types: Step = {
  name: 'types',
  makes: ({ generated }) => `${generated}/schema.ts`,
  load: () => import('../openapiTypescript.ts'),
  run: async (bundled) => {
    const { project, document } = bundled;
    const typed = new Typed(document);
    // First, since what a handler gets adds components.
    const handled = handlerTypes(bundled, typed.views);
    const { typesOf } = await import('../openapiTypescript.ts');
    return {
      files: new Map([
        [`${project.generated}/schema.ts`, `${banner(project)}\n${await typesOf(typed.document())}`],
        [`${project.generated}/handlers.ts`, `${banner(project)}\n${handled}`],
      ]),
    };
  },
};
