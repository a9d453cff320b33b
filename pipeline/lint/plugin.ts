import { documentedErrors } from './documented-errors.ts';
import { enumComponent } from './enum-component.ts';
import { exampleGiven } from './example-given.ts';
import { examplesCover } from './examples-cover.ts';
import { examplesDeclared } from './examples-declared.ts';
import { insideSpec } from './inside-spec.ts';
import { noYamlBoolean } from './no-yaml-boolean.ts';
import { operationTitles } from './operation-titles.ts';
import { preflight } from './preflight.ts';
import { propertyDescribed } from './property-described.ts';

/** The house rules, and what the reference page shows otherwise than the document. redocly.yaml turns them on. */
export default () => ({
  id: 'house',
  decorators: { oas3: { 'operation-titles': operationTitles } },
  rules: {
    oas3: {
      'documented-errors': documentedErrors,
      'enum-component': enumComponent,
      'example-given': exampleGiven,
      'examples-cover': examplesCover,
      'examples-declared': examplesDeclared,
      'inside-spec': insideSpec,
      'no-yaml-boolean': noYamlBoolean,
      preflight,
      'property-described': propertyDescribed,
    },
  },
});
