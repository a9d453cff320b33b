import { createHash } from 'node:crypto';
import type { Protocol, RequestContext } from 'openapi-strict-express';
import { type Operation, operationsOf } from '../pipeline/document/operations.ts';
import type { Document, Schema } from '../pipeline/document/types.ts';
import { http } from './http.ts';
import { accessKeyIn } from './signing/authorization.ts';

const ERROR_TYPE = 'x-amzn-ErrorType';

/**
 * The dialect of AWS: errors are `{ __type, message }` with their name in a header too, requests carry an id of AWS's
 * name, and members that an older document doesn't know are left out with a warning. Names and statuses of errors are
 * the document's: each documents its name as the `const` of the header x-amzn-ErrorType.
 */
export function awsProtocol(document: Document): Protocol {
  const names = new ErrorNames(document);
  return {
    requestIdHeader: 'x-amzn-RequestId',
    exposedHeaders: [ERROR_TYPE],
    unknownMembers: 'drop',
    refuse({ message, members, headers, unexpected, ...refusal }, operation) {
      const known = names.of(operation);
      const status = unexpected ? unexpectedStatus(known) : closestStatus(refusal.status, operation && known);
      const type = refusal.type ?? known.get(status) ?? names.all.get(status) ?? defaultName(status);
      return {
        status,
        type: 'application/json',
        body: { ...members, __type: type, message },
        headers: { ...headers, [ERROR_TYPE]: type, ...messageHeader(status, message) },
      };
    },
  };
}

/** Statuses whose errors are not in the service's model. */
const UNMODELLED = [403, 501];
const MAX_MESSAGE = 500; // characters

/** The Go SDK v1 takes the message of an error that is not in its model from this header alone. */
const messageHeader = (status: number, message: string): Record<string, string> =>
  UNMODELLED.includes(status)
    ? { 'x-amzn-ErrorMessage': message.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, MAX_MESSAGE) }
    : {};

type Names = ReadonlyMap<number, string | undefined>;

/** The names that the document gives to errors, by their status. */
class ErrorNames {
  /** Of the whole document, for errors outside any operation. */
  readonly all: Names;
  readonly #ofOperations = new Map<string, Names>();

  constructor(document: Document) {
    const all = new Map<number, string | undefined>();
    for (const operation of operationsOf(document)) {
      const own = namesOf(operation);
      this.#ofOperations.set(operation.pointer, own);
      for (const [status, name] of own) if (name !== undefined) all.set(status, name);
    }
    this.all = all;
  }

  of(operation: Operation | undefined): Names {
    return (operation && this.#ofOperations.get(operation.pointer)) ?? this.all;
  }
}

const namesOf = ({ responses }: Operation): Names =>
  new Map(
    responses.flatMap(({ status, headers }) => {
      if (!/^[45]\d\d$/.test(status)) return [];
      const header = headers.find(({ name }) => name.toLowerCase() === ERROR_TYPE.toLowerCase());
      const name = (header?.schema as Schema | undefined)?.const;
      return [[Number(status), typeof name === 'string' ? name : undefined] as const];
    }),
  );

function unexpectedStatus(known: Names): number {
  const statuses = [...known.keys()].filter((status) => status >= 500 && status !== 501);
  return statuses.includes(500) ? 500 : (statuses.sort()[0] ?? 500);
}

/** Statuses that say more precisely how a request is bad. */
const REFINED = [406, 408, 411, 413, 414, 415, 422, 431];

/** The status itself if the operation documents it; 400 for a refined one, where that is documented. */
function closestStatus(status: number, documented: Names | undefined): number {
  if (documented === undefined || documented.has(status)) return status;
  return REFINED.includes(status) && documented.has(400) ? 400 : status;
}

/** A name for a status that the document gives none: 405 is `MethodNotAllowedException`. */
const defaultName = (status: number): string =>
  `${(http.STATUS_CODES[status] ?? 'Unknown').replaceAll(/[^A-Za-z]/g, '')}Exception`;

/** The access key that signed a request or, where nothing has to be signed, the one that it names; '' if it names none. */
export const callerOf = (request: Pick<RequestContext, 'caller' | 'headers'> | undefined): string =>
  request?.caller ?? accessKeyIn(request?.headers.authorization?.toString());

/**
 * Equal for two tries of the same request. The AWS SDKs send the same `amz-sdk-invocation-id` with each try; it counts
 * together with the caller and the request, so that no one gets another's job by a borrowed id.
 */
export function retryKey(operation: string, input: object, request: RequestContext | undefined): string | undefined {
  const invocation = request?.headers['amz-sdk-invocation-id'];
  if (typeof invocation !== 'string' || invocation === '') return undefined;
  return createHash('sha256')
    .update(JSON.stringify([invocation, callerOf(request), operation, input]))
    .digest('base64url');
}
