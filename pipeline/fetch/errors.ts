/** The parts of an error's answer that its exception keeps. Headers and the request are left out. */
export interface Answer<Body = unknown> {
  /** HTTP status. */
  readonly status: number;
  /** Id of the request, as the server's log has it. */
  readonly requestId?: string | undefined;
  /** Name of the error on the wire. */
  readonly type?: string | undefined;
  /** The body: parsed where it is JSON, else its text; undefined where it is empty. */
  readonly body?: Body | undefined;
}

interface ApiExceptionFields<Body> extends Error, Answer<Body> {
  readonly requestId: string | undefined;
  readonly type: string | undefined;
  readonly body: Body;
}

/** The members that a body declares by name, except those of `Answer`, which the exception has itself. */
type DeclaredKeys<Body> = keyof {
  [Key in keyof Body as string extends Key ? never : number extends Key ? never : Key]: true;
};
type Members<Body> = [Body] extends [readonly unknown[]]
  ? unknown
  : [Body] extends [object]
    ? Readonly<Pick<Body, Exclude<DeclaredKeys<Body> & keyof Body, keyof ApiExceptionFields<Body> | '__type'>>>
    : unknown;

/**
 * An answer that is not a success. The members of its body are properties of the exception too: `error.resourceType`.
 * The document promises the type of `body`; an answer by a proxy in between may break that promise.
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
  // A literal, because minifiers rename classes.
  static override readonly name: string = 'ApiException';

  constructor(message: string, answer: Answer, options?: ErrorOptions) {
    super(message, options);
    const self = Object.assign(this as Record<string, unknown>, answer);
    const { body } = answer;
    if (typeof body === 'object') {
      // `in` sees inherited members too: a body can't replace `message`, `stack` or `toString`.
      for (const name in body) if (!(name in self)) self[name] = body[name as never];
    }
  }

  get name() {
    return this.constructor.name;
  }
} as unknown as ApiExceptionClass;

/** A success whose body can't be read: `status` is the 2xx, `body` is its text and `cause` says why. */
export class UnreadableError extends ApiException {
  static override readonly name = 'UnreadableError';
}

/**
 * No answer arrived, or not all of it: `cause` is the error of fetch. Whether the server did the work is unknown. Where
 * the connection broke within the body, `status` and `requestId` are those of the answer.
 */
export class NetworkError extends Error {
  override readonly name: string = 'NetworkError';
  declare readonly status?: number;
  declare readonly requestId?: string | undefined;
}

/** No answer arrived in time. Whether the server did the work is unknown. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** A class for the errors of a status. */
export type ExceptionClass = new (message: string, answer: Answer<never>, options?: ErrorOptions) => ApiException;

/** The ids of the operations that were refused; kept aside so that printing an exception shows the answer alone. */
const refused: WeakMap<object, string> = new WeakMap();

export function refusedBy<E extends object>(operation: string, error: E): E {
  refused.set(error, operation);
  return error;
}

/** Whether an error is an answer of this operation, and of this status where one is given. */
export const isErrorOf = (error: unknown, operation: string, status?: number): boolean =>
  error instanceof ApiException && refused.get(error) === operation && (status ?? error.status) === error.status;
