import type { Visitor } from './redocly.ts';

const methods = ['get', 'put', 'post', 'delete', 'head', 'patch', 'trace', 'query'];

/** Every path answers OPTIONS, under the id of one of its operations with `Preflight` behind it. */
export const preflight = (): Visitor => ({
  PathItem(item, { location, report, resolve }) {
    if (!('options' in item)) {
      report({ message: 'The path has no OPTIONS operation.', location: location.key() });
      return;
    }
    const idOf = (method: string) => (resolve(item[method]).node as { operationId?: string } | undefined)?.operationId;
    const allowed = methods.filter((method) => method in item).map((method) => `${idOf(method)}Preflight`);
    const id = idOf('options');
    if (id !== undefined && !allowed.includes(id)) {
      report({
        message: `The OPTIONS operation is called ${id}, not ${allowed.join(' or ')}.`,
        location: location.child(['options', 'operationId']),
      });
    }
  },
});
