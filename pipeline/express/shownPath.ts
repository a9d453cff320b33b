import type { Request, Response } from 'express';
import { isObject, type OpenApiDocument, resolve } from './document.ts';
import type { Violation } from './errors.ts';
import { parametersOf } from './prune.ts';
import { state } from './state.ts';

/**
 * The path that the validator is shown instead of a document's own. It takes `{user-id}` for a parameter `user`, some
 * characters for patterns, and `constructor` for what every object has. It is shown `/{p0}/{p1}` then, since the
 * parameters of the path are known before it is asked.
 */
export class ShownPath {
  readonly #names: readonly string[];

  /** Undefined where the validator can be shown the path as it is, and has no parameter of it to make a number of. */
  static of(document: OpenApiDocument, path: string, method: string): ShownPath | undefined {
    const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
    const asItIs = /^[\w./~-]*$/.test(path.replaceAll(/\{[^}]*\}/g, '')) && names.every((name) => isPlain(name));
    const isText = ({ schema }: Readonly<Record<string, unknown>>): boolean => {
      const resolved = resolve(document, schema);
      return isObject(resolved) && resolved.type === 'string';
    };
    const inPath = parametersOf(document, path, method).filter((parameter) => parameter.in === 'path');
    return asItIs && inPath.every(isText) ? undefined : new ShownPath(names);
  }

  private constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** Puts it in the place of the document's own path. Changes what it is given. */
  show(document: OpenApiDocument, path: string, method: string): void {
    const { paths } = document as { paths: Record<string, Record<string, unknown>> };
    const item = paths[path] ?? {};
    for (const holder of [item, item[method]]) {
      if (isObject(holder)) Object.assign(holder, { parameters: this.#renamed(document, holder.parameters) });
    }
    delete paths[path];
    paths[`/${this.#names.map((_, index) => `{p${index}}`).join('/')}`] = item;
  }

  #renamed(document: OpenApiDocument, list: unknown): unknown[] {
    return (Array.isArray(list) ? list : []).flatMap((one) => {
      const parameter = resolve(document, one) as Readonly<Record<string, unknown>>;
      if (parameter.in !== 'path') return [one];
      const places = this.#names.flatMap((name, index) => (name === parameter.name ? [index] : []));
      return places.map((index) => ({ ...parameter, name: `p${index}` }));
    });
  }

  /** What the validator takes for the request's url. */
  url(values: Readonly<Record<string, unknown>>, url: string): string {
    const mark = url.indexOf('?');
    const path = this.#names.map((name) => encodeURIComponent(String(values[name]))).join('/');
    return `/${path}${mark < 0 ? '' : url.slice(mark)}`;
  }

  /** The values by the names that they are shown with. */
  params(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(this.#names.map((name, index) => [`p${index}`, values[name]]));
  }

  /** Takes what the validator made of the values, numbers among them, and its complaints, by the parameters' own names. */
  after(request: Request, response: Response, next: Next): Next {
    return (error) => {
      if (error === undefined || error === null) state(response).pathParams = this.#values(request.params);
      else if (hasViolations(error)) error.errors = error.errors.map((violation) => this.#violation(violation));
      next(error);
    };
  }

  #values(shown: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(this.#names.map((name, index) => [name, shown[`p${index}`]]));
  }

  #violation({ path, message, ...rest }: Violation): Violation {
    const own = path.replace(/^\/params\/p(\d+)/, (_, index) => `/params/${this.#names[Number(index)]}`);
    return { ...rest, path: own, message };
  }
}

type Next = (error?: unknown) => void;

const hasViolations = (error: unknown): error is { errors: Violation[] } =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors);

const isPlain = (name: string): boolean => /^[a-z_]\w*$/i.test(name) && !(name in Object.prototype);
