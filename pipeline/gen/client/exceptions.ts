import { identifierOf } from '../../document/identifiers.ts';
import { jsonOf, mediaTypesOf } from '../../document/mediaTypes.ts';
import type { Operation, ResponseOf } from '../../document/operations.ts';
import { componentName, resolve } from '../../document/references.ts';
import type { Document, ResponseObject } from '../../document/types.ts';
import { jsdoc, literal } from '../text.ts';
import type { ModuleNames } from './names.ts';
import { statusNames } from './statusNames.ts';

/** The classes for errors, and which of them each operation throws for which status. */
export interface Exceptions {
  /** Their declarations, in the order in which operations use them. */
  readonly code: string;
  /** The class of a status of an operation, by its name in the module. */
  readonly of: (operation: Operation) => [status: string, name: string][];
}

/**
 * One class for each response component that stands for an error, for each schema component of the others, and for each
 * status of those that are written in place.
 */
export function exceptionsOf(document: Document, operations: readonly Operation[], names: ModuleNames): Exceptions {
  const classes = new Map<string, { name: string; code: string }>();
  const declare = (key: string, wish: string, body: string, about: string | undefined): string => {
    const known = classes.get(key);
    if (known) return known.name;
    const name = names.give(identifierOf(wish));
    // A literal name, because minifiers rename classes.
    const code = `
${jsdoc(about)}export class ${name} extends ApiException<${body}> {
  static override readonly name = ${literal(name)};
}
`;
    classes.set(key, { name, code });
    return name;
  };

  const classFor = (operation: Operation, response: ResponseOf): string | undefined => {
    const { status, object } = response;
    const json = jsonOf(response.contents);
    const written = operation.object.responses?.[status] ?? operation.object.responses?.[status.toLowerCase()];
    const component = componentName('responses', written);
    // A component that is called Default has the form of all errors, and names none.
    if (component !== undefined && /^default/i.test(component)) return undefined;
    if (component !== undefined) {
      const { description, content } = resolve<ResponseObject>(document, written as never);
      const type = jsonOf(mediaTypesOf(document, content))?.name;
      const body = type ? `components['responses'][${literal(component)}]['content'][${literal(type)}]` : 'unknown';
      return declare(`response ${component}`, exceptionName(component), body, description);
    }
    const schema = componentName('schemas', json?.schema);
    if (schema !== undefined) {
      const body = `components['schemas'][${literal(schema)}]`;
      const { description } = document.components?.schemas?.[schema] ?? {};
      return declare(`schema ${schema}`, exceptionName(schema), body, description ?? object.description);
    }
    if (status === 'default') return undefined;
    const name = statusNames[status] ?? `Status${status}`;
    return declare(`status ${status}`, `${name}Error`, 'unknown', `An answer with the status ${status}.`);
  };

  const used = new Map(
    operations.map((operation) => {
      const errors = operation.responses.filter(({ status }) => !/^[123]/.test(status));
      const hasSuccess = operation.responses.some(({ status }) => status.startsWith('2'));
      const named = errors.flatMap((response): [string, string][] => {
        // The only answer that an operation describes is its success.
        if (response.status === 'default' && !hasSuccess) return [];
        const name = classFor(operation, response);
        return name === undefined ? [] : [[response.status, name]];
      });
      return [operation.id, named] as const;
    }),
  );
  return { code: [...classes.values()].map(({ code }) => code).join(''), of: ({ id }) => used.get(id) ?? [] };
}

/** `NotFound` becomes `NotFoundError`; a schema called `Error` would hide JavaScript's own. */
const exceptionName = (name: string): string =>
  /^error$/i.test(name) ? 'ErrorResponse' : /(error|exception)$/i.test(name) ? name : `${name}Error`;
