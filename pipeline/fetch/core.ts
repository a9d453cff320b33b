import { type Attempted, attempts, type Sent, type Settings } from './attempts.ts';
import { ApiException, refusedBy, UnreadableError } from './errors.ts';
import { headersOf } from './openapiFetch.ts';
import type { Call, FormOptions, OperationDetails, Result, Values, Written } from './operation.ts';
import { type ClientOptions, type Forms, type HeadersInput, NO_OPTIONS } from './options.ts';
import { type Placed, placer } from './placed.ts';
import { type ClientProtocol, describeError, requestIdOf } from './protocol.ts';
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
    const call = callOf(id, operation, options);
    const withResponse: Call = async (...args) => resultOf(operation, await call(...args), options.protocol);
    const method = async (input?: Values, given?: FormOptions) => (await call(input, given)).body;
    const name = id.replace(/^./, (first) => first.toLowerCase());
    client[name] = Object.assign(operation.pages?.(withResponse) ?? method, { withResponse });
  }
  return client as Client;
}

type Answered = Pick<Result, 'response' | 'body'>;

/** Sends the request of an operation, and reads the body of its success. */
function callOf(id: string, operation: OperationDetails, client: ClientOptions) {
  let place: ReturnType<typeof placer> | undefined;
  return async (input: Values = {}, options: FormOptions = NO_OPTIONS, link?: string): Promise<Answered> => {
    place ??= placer(operation);
    // Most calls have no options, and making objects takes time.
    const settings: Settings =
      options === NO_OPTIONS ? client : { ...client, ...options, retry: { ...client.retry, ...options.retry } };
    const placed = place(operation.send?.(input) ?? input);
    const body = bodyOf(operation, placed, options);
    const sent = sentOf(operation, placed, body && (await body), client, options, link);
    const { as } = options;
    const special = as || operation.read;
    const call: Attempted = { id, security: operation.security, read: textOf };
    if (special) {
      const reopen = (headers: HeadersInput) =>
        attempts(
          { ...sent, headers: headersOf(sent.headers, headers) },
          { id, security: operation.security },
          settings,
        );
      call.read = async (answer) => {
        if (!answer.ok || !answer.body) return textOf(answer);
        call.value = as ? await inForm(answer, as) : await operation.read?.(answer, reopen, settings);
        return call.value === undefined ? textOf(answer) : '';
      };
    }
    const response = await attempts(sent, call, settings);
    const { text, value } = call;
    // An empty 200 is broken, an empty 202 or 204 is usual.
    if (value === undefined && (text || !(operation.empty || response.status > 200)))
      return parsed(id, operation, response, text as string, settings);
    if (!response.ok) throw exceptionFor(id, operation, response, value, settings);
    return { response, body: value };
  };
}

const textOf = (answer: Response) => answer.text();

const inForm = (answer: Response, as: keyof Forms) =>
  as === 'stream' ? answer.body : answer[as === 'bytes' ? 'arrayBuffer' : as]();

/** The body in the form in which fetch sends it, with its media type; undefined where there is none. */
function bodyOf(operation: OperationDetails, { rest }: Placed, options: FormOptions) {
  const { body, type = 'application/json', write = json } = operation;
  const given = body === 'members' ? rest : rest[operation.bodyName ?? 'body'];
  if (body && given !== undefined && !(operation.optional && Object.keys(rest).length === 0))
    return write(given as never, options.type ?? type);
}

/** The request, in the parts from which each attempt is made. */
function sentOf(
  { method }: OperationDetails,
  { url, header }: Placed,
  [body, contentType]: Written | readonly undefined[] = [],
  client: ClientOptions,
  options: FormOptions,
  link: string | undefined,
): Sent {
  const { baseUrl } = client;
  const ownHeaders = contentType ? { 'Content-Type': contentType } : undefined;
  const hasHeaders = ownHeaders ?? client.headers ?? options.headers ?? header;
  return {
    ...client,
    url: link ?? (baseUrl.endsWith('/') ? baseUrl.slice(0, -1) : baseUrl) + url,
    method,
    headers: hasHeaders && headersOf(ownHeaders, client.headers, options.headers, header),
    body,
    duplex: body && body instanceof ReadableStream ? 'half' : undefined,
  };
}

/** The value of an answer's text. Throws for a refusal, and for a success that is not what it should be. */
function parsed(
  id: string,
  operation: OperationDetails,
  response: Response,
  text: string,
  settings: Settings,
): Answered {
  const { ok, status } = response;
  let body: unknown = text || undefined;
  let failure: ErrorOptions | undefined;
  try {
    body = JSON.parse(text);
    const faults = (ok && settings.validate?.(id, status, body)) || [];
    if (faults[0]) failure = { cause: new TypeError(faults.join('; ')) };
    else if (operation.convert) body = operation.convert(body, status, text);
  } catch (cause) {
    failure = { cause };
  }
  if (!ok || failure) throw exceptionFor(id, operation, response, body, settings, failure);
  return { response, body };
}

/** The exception for an answer. A refusal that can't be read is a refusal all the same. */
function exceptionFor(
  id: string,
  { errors = {} }: OperationDetails,
  { headers, ok, status }: Response,
  body: unknown,
  { protocol }: Settings,
  failure?: ErrorOptions,
) {
  const { type: name, message } = protocol?.describe?.(headers, body) ?? describeError(body);
  const Exception = ok
    ? UnreadableError
    : (errors[status] ?? errors[`${(status / 100) | 0}XX`] ?? errors.default ?? ApiException);
  const answer = { status, requestId: requestIdOf(headers, protocol), type: name ? `${name}` : undefined, body };
  const words = message ?? `${id} was answered ${status}${ok ? `, ${failure?.cause}` : ''}`;
  return refusedBy(id, new Exception(`${words}`, answer as never, ok ? failure : undefined));
}

function resultOf(operation: OperationDetails, { response, body }: Answered, protocol?: ClientProtocol): Result {
  const headers: Values = {};
  for (const name in operation.headers) {
    const field = response.headers.get(name);
    if (field !== null) headers[name] = operation.headers[name]?.(field);
  }
  return {
    status: response.status,
    headers,
    body,
    response,
    get requestId() {
      return requestIdOf(response.headers, protocol);
    },
  };
}
