import { Names, reserved } from '../../document/identifiers.ts';
import type { Operation } from '../../document/operations.ts';

/** The names that the module of a client has whatever the document says. */
const own = [
  ...['createClient', 'createApiClient', 'Client', 'ClientOptions', 'Security', 'isError', 'isErrorOf', 'table'],
  ...['json', 'queryString', 'values', 'eventsOf', 'linesOf', 'linesWith', 'inType'],
  ...['ApiException', 'NetworkError', 'TimeoutError', 'UnreadableError', 'CallOptions', 'HeadersInput', 'Attempt'],
  ...['Answer', 'RetryOptions', 'ServerSentEvent', 'Upload', 'Operation', 'Method', 'IsError', 'Credential', 'Pages'],
  ...['components', 'operations', 'paths', 'protocol', 'basic', 'blob', 'byCursor', 'byLink', 'byOffset', 'byPage'],
  ...[
    'byToken',
    'byType',
    'cookieStyle',
    'flag',
    'form',
    'headerStyle',
    'http',
    'jsonEvents',
    'jsonLines',
    'keyInCookie',
  ],
  ...['keyInHeader', 'keyInQuery', 'lines', 'listOf', 'multipart', 'pathStyle', 'queryStyle', 'secured', 'text'],
  ...[
    'textEvents',
    'whole',
    'exactly',
    'String',
    'Number',
    'Error',
    'TypeError',
    'RangeError',
    'SyntaxError',
    'Promise',
  ],
];

/** Names for the classes and constants of a module. */
export interface ModuleNames {
  /** The constant of an operation, by its id. */
  readonly operations: ReadonlyMap<string, string>;
  /** The nearest name to a wish that is free. */
  readonly give: (wish: string) => string;
}

export function namesFor(operations: readonly Operation[]): ModuleNames {
  const names = new Names([...reserved, ...own]);
  const clashing = operations.filter(({ id }) => !names.claim(id));
  const given = new Map(clashing.map(({ id }) => [id, names.give(`${id}Operation`)]));
  return {
    operations: new Map(operations.map(({ id }) => [id, given.get(id) ?? id])),
    give: (wish) => names.give(wish),
  };
}

/** A method bears the operation's name, its first letter in lower case. */
export const methodName = (id: string): string => id.charAt(0).toLowerCase() + id.slice(1);
