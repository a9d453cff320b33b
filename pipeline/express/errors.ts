import { STATUS_CODES } from 'node:http';
import { isObject, type OpenApiDocument, resolve } from './document.ts';

interface More {
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the body. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** An answer that is not a success. Its message goes to the caller. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  /** Says, as Express and body-parser do, that the message may be shown. */
  readonly expose = true;
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, { headers = {}, members = {} }: More = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.members = members;
  }
}

/** What a stub throws until someone writes it: 501. */
export class NotImplemented extends HttpError {
  constructor(operationId: string) {
    super(501, `${operationId} is not implemented.`);
  }
}

/** What becomes a response: status, the error's wire name, the body's members and further headers. */
export interface ErrorAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether nobody foresaw it, so that the log must tell why. */
  readonly unexpected: boolean;
}

const MAX_LINES = 1000;
const UNEXPECTED = 'The service could not process the request. Try again later.';

/** The one place where anything thrown becomes a response. Wire names and statuses come from the document. */
export class ErrorMapper {
  readonly #document: OpenApiDocument;
  /** operation id -> status -> the `const` of its header x-amzn-ErrorType */
  readonly #declared = new Map<string, Map<number, string | undefined>>();
  /** status -> wire name, over the whole document, for what happens outside of any operation */
  readonly #names = new Map<number, string>();

  constructor(document: OpenApiDocument, operations: Readonly<Record<string, { method: string; path: string }>>) {
    this.#document = document;
    for (const [id, { method, path }] of Object.entries(operations)) {
      const operation = document.paths?.[path]?.[method.toLowerCase()];
      const responses = isObject(operation) && isObject(operation.responses) ? operation.responses : {};
      const statuses = new Map<number, string | undefined>();
      for (const [status, response] of Object.entries(responses)) {
        if (!/^[45]\d\d$/.test(status)) continue;
        const name = this.#wireName(response);
        statuses.set(Number(status), name);
        if (name !== undefined) this.#names.set(Number(status), name);
      }
      this.#declared.set(id, statuses);
    }
  }

  /** The answer for what was thrown while `operationId` was served, or before any operation was found. */
  answer(thrown: unknown, operationId?: string): ErrorAnswer {
    const known = foreseen(thrown);
    const declared = operationId === undefined ? undefined : this.#declared.get(operationId);
    const status = known === undefined ? this.#unexpectedStatus(declared) : closest(known.status, declared);
    const type = known?.type ?? declared?.get(status) ?? this.#names.get(status) ?? defaultName(status);
    return {
      status,
      type,
      body: { ...known?.members, __type: type, message: known?.message ?? UNEXPECTED },
      headers: known?.headers ?? {},
      unexpected: known === undefined,
    };
  }

  #unexpectedStatus(declared: Map<number, unknown> | undefined): number {
    const statuses = [...(declared ?? this.#names).keys()].filter((status) => status >= 500 && status !== 501);
    return statuses.includes(500) ? 500 : (statuses.sort()[0] ?? 500);
  }

  #wireName(response: unknown): string | undefined {
    const resolved = resolve(this.#document, response);
    const headers = isObject(resolved) && isObject(resolved.headers) ? resolved.headers : {};
    const header = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amzn-errortype')?.[1];
    const declared = resolve(this.#document, header);
    const schema = isObject(declared) ? resolve(this.#document, declared.schema) : undefined;
    return isObject(schema) && typeof schema.const === 'string' ? schema.const : undefined;
  }
}

interface Foreseen {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was thrown on purpose: by us, by body-parser or by the validator. */
function foreseen(thrown: unknown): Foreseen | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const error = thrown as Error & Partial<Foreseen> & { expose?: boolean; type?: string; errors?: Violation[] };
  if (typeof error.status !== 'number' || error.status < 400 || error.status > 599) return undefined;
  if (typeof error.type === 'string' && error.type in BODY_PARSER) {
    return { status: error.status, message: BODY_PARSER[error.type]?.(thrown as unknown as BodyParserError) ?? '' };
  }
  if (Array.isArray(error.errors) && error.status < 500) {
    return { status: error.status, message: violations(error.errors) };
  }
  if (error.expose !== true) return undefined;
  return {
    status: error.status,
    message: error.message,
    ...(typeof error.type === 'string' && { type: error.type }),
    ...(error.members && { members: error.members }),
    ...(error.headers && { headers: error.headers }),
  };
}

export interface Violation {
  readonly path: string;
  readonly message: string;
}

/** One line for each violation, with its place. Bounded: a body of a million wrong items must not answer a gigabyte. */
export function violations(errors: readonly Violation[]): string {
  const lines = [...new Set(errors.map(({ path, message }) => `${placeOf(path)} ${shorter(message)}`))];
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `… and ${more} more`].join('\n') : lines.join('\n');
}

/** Of a discriminator, the validator says the request's path. */
const placeOf = (path: string): string =>
  /^\/(body|query|headers|params|cookies|response)\b/.test(path) ? path : '/body';

/** The validator's words where ours are shorter; its path has the member's name already. */
function shorter(message: string): string {
  return message
    .replace(/^must have required property '.*'$/s, 'is required')
    .replace(/^must be equal to one of the allowed values: /, 'must be one of: ');
}

interface BodyParserError {
  readonly limit?: number;
  readonly encoding?: string;
  readonly charset?: string;
  readonly message: string;
}

/** body-parser's errors by their `type`. None of the sentences repeats what the body held. */
const BODY_PARSER: Record<string, (error: BodyParserError) => string> = {
  'entity.too.large': ({ limit }) => `The body is larger than the limit of ${limit} bytes.`,
  'encoding.unsupported': () => 'The Content-Encoding of the body is not supported; leave it out.',
  'request.aborted': () => 'The request ended before its body did.',
  'request.size.invalid': () => 'The body is not as long as its Content-Length says.',
};

/** The status itself if the operation declares it; else 400 for a refusal, where that is declared; else itself. */
function closest(status: number, declared: Map<number, unknown> | undefined): number {
  if (declared === undefined || declared.has(status)) return status;
  const refinesBadRequest = [406, 408, 411, 413, 414, 415, 422, 431];
  return refinesBadRequest.includes(status) && declared.has(400) ? 400 : status;
}

/** A name for a status that the document gives none: 405 is `MethodNotAllowedException`. */
function defaultName(status: number): string {
  return `${(STATUS_CODES[status] ?? 'Unknown').replaceAll(/[^A-Za-z]/g, '')}Exception`;
}
