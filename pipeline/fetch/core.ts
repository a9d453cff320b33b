import { attempts } from './attempts.ts';
import { ApiException, refusedBy, UnreadableError } from './errors.ts';
import { headersOf } from './openapiFetch.ts';
import type { Call, FormOptions, OperationDetails, Values } from './operation.ts';
import { type ClientOptions, type HeadersInput, NO_OPTIONS } from './options.ts';
import { placer } from './placed.ts';
import { describeError, requestIdOf } from './protocol.ts';
import type { ApiClient } from './signature.ts';
import { json } from './written.ts';

/**
 * Makes a client of operations: of all of a document, or of a few. Each method takes one flat input in wire names and
 * answers the body of the success.
 *
 * A method rejects with an `ApiException` for an answer that is no success, an `UnreadableError` for a success that can't
 * be read, a `NetworkError` or a `TimeoutError` where no answer arrived, the signal's reason after an abort, and a
 * `TypeError`, before anything is sent, for a path value that could change the path.
 */
export function createApiClient<const Table extends object, Client = ApiClient<Table>>(
  table: Table,
  options: ClientOptions,
): Client {
  const client: Values = {};
  for (const id in table) {
    const operation = table[id] as OperationDetails;
    const withResponse = callOf(id, operation, options);
    const method = async (...args: Parameters<Call>) => (await withResponse(...args)).body;
    const name = id.replace(/^./, (first) => first.toLowerCase());
    client[name] = Object.assign(operation.pages?.(withResponse) ?? method, { withResponse });
  }
  return client as Client;
}

function callOf(id: string, operation: OperationDetails, client: ClientOptions): Call {
  const { protocol } = client;
  const { method, errors = {}, security, type = 'application/json', write = json } = operation;

  /** The exception for an answer. */
  const exceptionFor = ({ headers, status }: Response, body: unknown, options?: ErrorOptions) => {
    const { type: name, message } = protocol?.describe?.(headers, body) ?? describeError(body);
    const Exception = options
      ? UnreadableError
      : (errors[status] ?? errors[`${(status / 100) | 0}XX`] ?? errors.default ?? ApiException);
    const answer = { status, requestId: requestIdOf(headers, protocol), type: name ? `${name}` : undefined, body };
    const words = message ?? `${id} was answered ${status}${options ? `, ${options.cause}` : ''}`;
    return refusedBy(id, new Exception(`${words}`, answer as never, options));
  };

  let place: ReturnType<typeof placer> | undefined;

  return async (input = {}, options: FormOptions = NO_OPTIONS, link) => {
    place ??= placer(operation);
    const { url, header, rest } = place(operation.send?.(input) ?? input);
    const given = operation.body === 'members' ? rest : rest[operation.bodyName ?? 'body'];
    const isSent = operation.body && given !== undefined && !(operation.optional && Object.keys(rest).length === 0);
    const [body, contentType] = isSent ? await write(given as never, options.type ?? type) : [];
    const ownHeaders = { 'Content-Type': contentType, Accept: operation.accept };
    const hasHeaders = contentType ?? operation.accept ?? client.headers ?? options.headers ?? header;
    const sent = {
      url: link ?? client.baseUrl.replace(/\/$/, '') + url,
      method,
      headers: hasHeaders ? headersOf(ownHeaders, client.headers, options.headers, header) : undefined,
      body,
      ...(body instanceof ReadableStream && { duplex: 'half' as const }),
    };

    let value: unknown;
    let text = '';
    const call = { id, options, security };
    const read = async (answer: Response) => {
      const reopen = (headers: HeadersInput) =>
        attempts({ ...sent, headers: headersOf(sent.headers, headers) }, call, client);
      const { as } = options;
      if (answer.ok && answer.body) {
        if (as) value = as === 'stream' ? answer.body : await answer[as === 'bytes' ? 'arrayBuffer' : as]();
        else if (operation.read) value = await operation.read(answer, reopen, { ...client, ...options });
      }
      if (value === undefined) text = await answer.text();
    };
    const response = await attempts(sent, { ...call, read }, client);
    const { status } = response;
    let failure: ErrorOptions | undefined;
    // An empty 200 is broken, an empty 202 or 204 is usual.
    if (value === undefined && (text || !(operation.empty || status > 200))) {
      try {
        value = JSON.parse(text);
        const { validate } = { ...client, ...options };
        const faults = (response.ok && validate?.(id, status, value)) || [];
        if (faults.length > 0) failure = { cause: new TypeError(faults.join('; ')) };
        else value = operation.convert ? operation.convert(value, status, text) : value;
      } catch (cause) {
        value = text || undefined;
        failure = { cause };
      }
    }
    if (!response.ok) throw exceptionFor(response, value);
    if (failure) throw exceptionFor(response, value, failure);
    const headers: Values = {};
    for (const name in operation.headers) {
      const field = response.headers.get(name);
      if (field !== null) headers[name] = operation.headers[name]?.(field);
    }
    return {
      status,
      headers,
      body: value,
      response,
      get requestId() {
        return requestIdOf(response.headers, protocol);
      },
    };
  };
}
