import { operationsIn } from '../../document/operations.ts';
import { isObject, pointerTo } from '../../document/references.ts';
import type { Problem } from '../problems.ts';

/**
 * Requirements of security schemes that the document does not define, which nobody could meet. A requirement of the whole
 * document is reported once for each operation without one of its own, so that the operation can be left out; `written`
 * is the pointer to the requirement itself.
 */
export function undefinedSchemes(document: unknown): (Problem & { readonly written: string })[] {
  if (!isObject(document) || !isObject(document.paths)) return [];
  const components = isObject(document.components) ? document.components : {};
  const schemes = isObject(components.securitySchemes) ? components.securitySchemes : {};
  const missing = (security: unknown): string[] =>
    (Array.isArray(security) ? security : [])
      .flatMap((requirement) => (isObject(requirement) ? Object.keys(requirement) : []))
      .filter((name) => !Object.hasOwn(schemes, name));
  return Object.entries(document.paths).flatMap(([path, item]) =>
    operationsIn(isObject(item) ? item : {}).flatMap(({ object, segments }) => {
      const own = object.security !== undefined;
      const pointer = pointerTo('#/paths', path, ...segments);
      return [...new Set(missing(object.security ?? document.security))].map((name) => ({
        pointer,
        written: own ? pointerTo(pointer, 'security') : '#/security',
        message: `There is no security scheme ${JSON.stringify(name)}, which ${own ? 'the operation' : 'the document'} requires; define it in components.securitySchemes.`,
      }));
    }),
  );
}
