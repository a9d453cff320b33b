import { documentedErrors } from './documented-errors.ts';
import { enumComponent } from './enum-component.ts';
import { exampleGiven } from './example-given.ts';
import { examplesCover } from './examples-cover.ts';
import { examplesDeclared } from './examples-declared.ts';
import { insideSpec } from './inside-spec.ts';
import { noYamlBoolean } from './no-yaml-boolean.ts';
import { preflight } from './preflight.ts';
import { propertyDescribed } from './property-described.ts';

/** The house rules. redocly.yaml turns them on. */
export default () => ({
  id: 'house',
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
