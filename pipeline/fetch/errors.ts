/** What an answer says about a failure, and all that an exception keeps of it: no headers, no request. */
export interface Answer<Body = unknown> {
  /** HTTP status. */
  readonly status: number;
  /** Id of the request, from the header x-amzn-RequestId; the server's log carries the same one. */
  readonly requestId?: string | undefined;
  /** Name of the error on the wire, without namespace and address. */
  readonly type?: string | undefined;
  /** The body: parsed where it is JSON, else its text; undefined where it is empty. */
  readonly body?: Body | undefined;
}

interface ApiExceptionFields<Body> extends Error, Answer<Body> {
  readonly requestId: string | undefined;
  readonly type: string | undefined;
  readonly body: Body;
}

/** The members that a body declares by name, save the envelope's, which have names of their own here. */
type DeclaredKeys<Body> = keyof {
  [Key in keyof Body as string extends Key ? never : number extends Key ? never : Key]: true;
};
type Members<Body> = [Body] extends [readonly unknown[]]
  ? unknown
  : [Body] extends [object]
    ? Readonly<Pick<Body, Exclude<DeclaredKeys<Body> & keyof Body, keyof ApiExceptionFields<Body> | '__type'>>>
    : unknown;

/**
 * An answer that is not a success, or a success whose body can't be read (then `status` is the 2xx and `cause` says why).
 * What the body holds besides the message is also a property of the exception: `error.resourceType`.
 * The type of `body` is what the document promises; an answer by something else in between may break the promise.
 */
export type ApiException<Body = unknown> = ApiExceptionFields<Body> & Members<Body>;

interface ApiExceptionClass {
  /** Gives `instanceof` the type to narrow to. */
  readonly prototype: ApiException;
  new <Body = unknown>(message: string, answer: Answer<Body>, options?: ErrorOptions): ApiException<Body>;
}

// Error, except that `name` can be a getter: only so does the stack, written before any constructor ends, start with it.
type NamelessError = new (message: string, options?: ErrorOptions) => Omit<Error, 'name'>;

// An expression and a cast, because TypeScript lets no class declaration take members from its type parameter.
export const ApiException = class extends (Error as NamelessError) {
  // Said, not derived: minifiers rename classes.
  static override readonly name: string = 'ApiException';

  constructor(message: string, answer: Answer, options?: ErrorOptions) {
    super(message, options);
    const self = Object.assign(this as Record<string, unknown>, answer);
    const { body } = answer;
    if (typeof body === 'object') {
      // `in` sees what is inherited too: a body can't replace `message`, `stack` or `toString`.
      for (const name in body) if (!(name in self)) self[name] = body[name as never];
    }
  }

  get name() {
    return this.constructor.name;
  }
} as unknown as ApiExceptionClass;

/** No answer arrived, or not all of it: `cause` is what fetch threw. Whether the server did the work is not known. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** The classes for errors, by their name on the wire. */
export type Exceptions = Readonly<
  Record<string, new (message: string, answer: Answer<never>, options?: ErrorOptions) => ApiException>
>;

/** The exception for an answer; the base class where the answer doesn't name an error or names an unknown one. */
export function exceptionFor(
  exceptions: Exceptions,
  operationId: string,
  { headers, status }: Response,
  body: unknown,
  options?: ErrorOptions,
): ApiException {
  const { message, __type, code } = (body ?? {}) as Record<string, unknown>;
  // "namespace#Name:address", read as the AWS SDKs do.
  const type = `${headers.get('x-amzn-ErrorType') || __type || code || ''}`.replace(/^[^:,]*#|[:,].*/gs, '');
  const Exception = (Object.hasOwn(exceptions, type) && exceptions[type]) || ApiException;
  return new Exception(
    `${message ?? `${operationId} was answered ${status}${options ? `, ${options.cause}` : ''}`}`,
    { status, requestId: headers.get('x-amzn-RequestId') ?? undefined, type: type || undefined, body: body as never },
    options,
  );
}
