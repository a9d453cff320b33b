import { FRAMING } from '../../document/framing.ts';
import type { MediaType } from '../../document/mediaTypes.ts';
import { type Operation, operationsOf, type ResponseOf, responseFor } from '../../document/operations.ts';
import type { Document } from '../../document/types.ts';
import { isScalar } from '../../document/values.ts';
import { Answer } from '../answer.ts';
import { HttpError } from '../errors.ts';
import type { AnyHandler, RequestContext } from '../handler.ts';
import { isBodiless, isInterim } from '../statuses.ts';
import { Checks } from '../validate/checks.ts';
import { Examples, ownExamples } from './example.ts';

/**
 * Handlers that answer a document's own examples, or values made of its schemas. A caller chooses another answer with
 * the header Prefer: `code=404`, `example=name` (RFC 7240).
 */
export function mockHandlers(document: Document): Record<string, AnyHandler<object>> {
  const mock = new Mock(document);
  return Object.fromEntries(
    operationsOf(document).map((operation) => [
      operation.id,
      async (_input: object, _services: object, request: RequestContext) => mock.answer(operation, request),
    ]),
  );
}

class Mock {
  readonly #document: Document;
  readonly #examples: Examples;
  /** By the media type or header that they are of, and the example's name. */
  readonly #made = new Map<object, Map<string | undefined, unknown>>();

  constructor(document: Document) {
    this.#document = document;
    this.#examples = new Examples(document, new Checks(document, () => {}), 'response');
  }

  answer(operation: Operation, request: RequestContext): Answer {
    const { code, example } = preferences(request.headers.prefer);
    const status = code === undefined ? successOf(operation) : Number(code);
    if (isInterim(status))
      throw new HttpError(400, `${status} comes before an answer, and is none itself; ${choice(operation)}`);
    const response = responseFor(operation.responses, status);
    if (response === undefined && operation.responses.length > 0)
      throw new HttpError(400, `${operation.id} documents no answer ${status}; ${choice(operation)}`);
    if (response === undefined) return new Answer(status, undefined, {}, undefined);
    const content = contentFor(response, request.headers.accept);
    if (content === undefined || operation.method === 'HEAD' || isBodiless(status))
      return new Answer(status, undefined, this.#headers(response), undefined);
    const type = content.name.includes('*') ? undefined : content.name;
    return new Answer(status, this.#body(content, example), this.#headers(response), type);
  }

  #body({ kind, schema = {}, itemSchema, object }: MediaType, name: string | undefined): unknown {
    const own = ownExamples(this.#document, object as Readonly<Record<string, unknown>>, name);
    switch (kind) {
      case 'json':
      case 'form':
        return this.#once(object, name, schema, own) ?? null;
      case 'events':
      case 'json-lines': {
        const lists = own.map((value) => (Array.isArray(value) ? value : [value]));
        const list = this.#once(object, name, { type: 'array', minItems: 1, items: itemSchema ?? schema }, lists);
        return sequence(list as readonly unknown[]);
      }
      case 'text':
        return textOf(isScalar(this.#document, schema) ? this.#once(object, name, schema, own) : own[0]);
      default:
        return new TextEncoder().encode(typeof own[0] === 'string' ? own[0] : 'bytes');
    }
  }

  /** The headers that are required or have an example. */
  #headers({ headers }: ResponseOf): Record<string, unknown> {
    const made = headers.flatMap(({ name, required, schema, object }) => {
      const own = ownExamples(this.#document, object as unknown as Readonly<Record<string, unknown>>);
      if ((!required && own.length === 0) || FRAMING.has(name.toLowerCase())) return [];
      return [[name, this.#once(object, undefined, schema, own)] as const];
    });
    return Object.fromEntries(made);
  }

  #once(of: object, name: string | undefined, schema: unknown, own: readonly unknown[]): unknown {
    const byName = this.#made.get(of) ?? new Map<string | undefined, unknown>();
    this.#made.set(of, byName);
    if (!byName.has(name)) byName.set(name, this.#examples.of(schema, own).value);
    return byName.get(name);
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? 'text' : JSON.stringify(value);

/** `Prefer: code=404, example="none"`. */
function preferences(header: string | string[] | undefined): { readonly code?: string; readonly example?: string } {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of String(header ?? '').matchAll(/(code|example)\s*=\s*"?([^",;\s]+)/gi))
    found[name.toLowerCase()] = value;
  return {
    ...(/^[1-5]\d\d$/.test(found.code ?? '') && { code: found.code as string }),
    ...(found.example !== undefined && { example: found.example }),
  };
}

function choice({ responses }: Operation): string {
  const all = responses.map(({ status }) => status).filter((status) => !status.startsWith('1'));
  return all.length > 0 ? `Prefer may ask for ${all.join(', ')}.` : 'the document gives no other.';
}

/** The first success, else the first redirect, else the first refusal. */
function successOf({ responses }: Operation): number {
  const all = responses.map(({ status }) => status);
  const exact = all.find((status) => /^2\d\d$/.test(status)) ?? all.find((status) => /^3\d\d$/.test(status));
  if (exact !== undefined) return Number(exact);
  if (all.length === 0 || all.includes('2XX') || all.includes('default')) return 200;
  const other = all.find((status) => !status.startsWith('1')) ?? all[0] ?? '200';
  return Number(other.replace('XX', '00'));
}

function contentFor({ contents }: ResponseOf, accept = '*/*' as string | string[]): MediaType | undefined {
  const wanted = String(accept)
    .split(',')
    .map((part) => part.split(';', 1)[0]?.trim().toLowerCase());
  const json = contents.find(({ kind }) => kind === 'json');
  return contents.find(({ type }) => wanted.includes(type)) ?? json ?? contents[0];
}

async function* sequence(items: readonly unknown[]): AsyncGenerator<unknown> {
  yield* items;
}
