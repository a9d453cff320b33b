import { gathering, valuesIn } from './examples.ts';
import { isObject, type Schema, type Visitor } from './redocly.ts';

const opens = ({ additionalProperties, patternProperties }: Schema) =>
  additionalProperties === true || isObject(additionalProperties) || isObject(patternProperties);

/**
 * Every member of an example is a property, unless its schema says that it is open to others: what else is there is
 * misspelled. Redocly's own rule looks away where a schema is put together with allOf.
 */
export const examplesDeclared = (): Visitor => {
  const examples: Parameters<typeof gathering>[0] = [];
  return {
    ...gathering(examples),
    Root: {
      leave(_root, { report, resolve }) {
        for (const { schemas, value, location } of examples.flatMap((example) => [...valuesIn(example, resolve)])) {
          if (!isObject(value) || schemas.length === 0 || schemas.some(opens)) continue;
          const known = new Set(schemas.flatMap(({ properties }) => Object.keys(properties ?? {})));
          for (const name of Object.keys(value).filter((member) => !known.has(member))) {
            const message = `The example has a member ${name}, which its schema does not have.`;
            report({ message, location: location.child([name]).key() });
          }
        }
      },
    },
  };
};
