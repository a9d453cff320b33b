import { type Exceptions, exceptionFor, NetworkError } from './errors.ts';
import type { Methods, Operation, OperationTable } from './signature.ts';
import { type CallOptions, type ClientOptions, createRaw, type RawClient, type Send } from './transport.ts';

export { type Answer, ApiException, type Exceptions, NetworkError } from './errors.ts';
export type { Method, Operation, OperationTable } from './signature.ts';
export type { CallOptions, ClientOptions, HeadersInput, RawClient } from './transport.ts';

type Values = Record<string, unknown>;

/**
 * A client for the operations of a document. Each method takes one flat input in wire names and answers the success's body.
 *
 * A method rejects with an `ApiException` for an answer that is no success or can't be read, a `NetworkError` where no
 * answer arrived, the signal's reason after an abort, and a `TypeError`, before anything is sent, for a path value that
 * could change the path.
 */
export type ApiClient<Paths extends object, Operations, Table extends OperationTable> = Methods<
  Paths,
  Operations,
  Table
> & {
  /** The openapi-fetch client under the methods: for what they don't do, and for middlewares, which they pass through. */
  readonly raw: RawClient<Paths>;
};

/**
 * Makes a client for any document: from its table of operations, its types and its exceptions by their name on the wire.
 */
export function createApiClient<Paths extends object, Operations, Table extends OperationTable>(
  table: Table,
  exceptions: Exceptions,
  options: ClientOptions,
): ApiClient<Paths, Operations, Table> {
  const raw = createRaw<Paths>(options);
  // Which path takes which parameters is known to the types of the methods only.
  const { request } = raw as unknown as { request: Send };

  const client: Record<string, unknown> = { raw };
  for (const id in table) {
    const { method, path, queryParams, headerParams, body, bodyType, empty } = table[id] as Operation;
    client[id.charAt(0).toLowerCase() + id.substring(1)] = async (input: Values = {}, callOptions?: CallOptions) => {
      const query: Values = {};
      const header: Values = { 'Content-Type': bodyType };
      const rest: Values = {};
      for (const name in input) {
        if (!path.includes(`{${name}}`)) {
          (queryParams?.includes(name) ? query : headerParams?.includes(name) ? header : rest)[name] = input[name];
        }
      }

      const { response, data, error } = await request(method, path, {
        ...callOptions,
        params: { path: input, query, header },
        body: body === 'members' ? rest : rest.body,
        parseAs: 'text',
        // Reads the body here, where a broken connection is told from what openapi-fetch and its middlewares throw.
        async fetch(sent) {
          try {
            const answer = await (options.fetch ?? globalThis.fetch)(sent);
            return new Response((await answer.text()) || null, answer);
          } catch (cause) {
            callOptions?.signal?.throwIfAborted();
            throw new NetworkError(`${id}: ${cause}`, { cause });
          }
        },
      });
      if (!response.ok) throw exceptionFor(exceptions, id, response, error || undefined);
      // An empty 200 is broken, an empty 202 or 204 is usual.
      if (!data && (empty || response.status > 200)) return undefined;
      try {
        return JSON.parse(data as string); // An empty one is no JSON either.
      } catch (cause) {
        throw exceptionFor(exceptions, id, response, data, { cause });
      }
    };
  }
  return client as ApiClient<Paths, Operations, Table>;
}
