import { CouldNotRun } from '../couldNotRun.ts';
import type { Document, Operation, SecurityScheme } from '../document/document.ts';
import type { Request } from '../wire/messages.ts';

/** By scheme: the raw key, token, or `user:password`. */
export type Given = Readonly<Record<string, string>>;

/** Puts credentials into requests, as the document's security schemes say. */
export class Credentials {
  readonly #schemes: Readonly<Record<string, SecurityScheme>>;
  readonly #given: Given;

  constructor({ schemes }: Document, given: Given) {
    const unknown = Object.keys(given).find((name) => !Object.hasOwn(schemes, name));
    if (unknown !== undefined) {
      const names = Object.keys(schemes).join(', ') || 'none';
      throw new CouldNotRun(`--auth ${unknown} names no security scheme of the document; it has: ${names}.`);
    }
    this.#schemes = schemes;
    this.#given = given;
  }

  /** The alternatives that are to be tried: those whose schemes all have a credential. */
  available({ security }: Operation): readonly (readonly string[])[] {
    return security.filter((names) => names.every((name) => Object.hasOwn(this.#given, name)));
  }

  /** Whether the operation takes a request without any credential. */
  static isOpen({ security }: Operation): boolean {
    return security.length === 0 || security.some((names) => names.length === 0);
  }

  /** The request with the right credentials, where there are any. */
  authorise(operation: Operation, request: Request, alternative?: readonly string[]): Request {
    const [first] = this.available(operation).filter((names) => names.length > 0);
    return this.#with(request, alternative ?? first ?? [], (name) => this.#given[name]);
  }

  /** The request with credentials that nobody gave out; undefined where it can't be said how to send one. */
  wrong({ security }: Operation, request: Request): Request | undefined {
    const names = security.find((one) => one.length > 0 && one.every((name) => this.#isKnown(name)));
    return names && this.#with(request, names, () => 'wrong-c0ntract-credential');
  }

  /** Combinations that lack one part, and don't let in by themselves. */
  partly({ security }: Operation): readonly (readonly string[])[] {
    const whole = this.available({ security } as Operation).filter((names) => names.length > 1);
    const parts = whole.flatMap((names) => names.map((left) => names.filter((name) => name !== left)));
    return parts.filter((names) => !security.some((one) => one.every((name) => names.includes(name))));
  }

  /** Credentials of schemes that the operation does not name, and which no scheme that it names shares. */
  ofOthers({ security }: Operation): readonly string[] {
    const own = security.flat();
    const values = own.map((name) => this.#given[name]);
    return Object.keys(this.#given).filter((name) => !own.includes(name) && !values.includes(this.#given[name]));
  }

  /** The names of the headers by which the operation's schemes work. */
  headersOf({ security }: Operation): string[] {
    return security.flat().map((name) => {
      const scheme = this.#schemes[name];
      return scheme?.type === 'apiKey' && scheme.in === 'header' ? String(scheme.name).toLowerCase() : 'authorization';
    });
  }

  #isKnown(name: string): boolean {
    const { type = '', scheme = '' } = this.#schemes[name] ?? {};
    if (type === 'http') return ['basic', 'bearer'].includes(scheme.toLowerCase());
    return ['apiKey', 'oauth2', 'openIdConnect'].includes(type);
  }

  #with(request: Request, names: readonly string[], credentialOf: (name: string) => string | undefined): Request {
    return names.reduce((changed, name) => {
      const [scheme, value] = [this.#schemes[name], credentialOf(name)];
      return scheme === undefined || value === undefined ? changed : put(changed, scheme, value);
    }, request);
  }
}

function put(request: Request, scheme: SecurityScheme, value: string): Request {
  const header = (name: string, text: string) => ({ ...request, headers: { ...request.headers, [name]: text } });
  if (scheme.type === 'apiKey') {
    const name = String(scheme.name);
    if (scheme.in === 'header') return header(name.toLowerCase(), value);
    const pair = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
    if (scheme.in === 'query')
      return { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}${pair}` };
    return header('cookie', [request.headers.cookie, `${name}=${value}`].filter(Boolean).join('; '));
  }
  if (scheme.type === 'http' && scheme.scheme?.toLowerCase() === 'basic') {
    const pair = value.includes(':') ? value : `${value}:${value}`;
    return header('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  }
  return header('authorization', `Bearer ${value}`);
}
