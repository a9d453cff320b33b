import type { MediaType } from '../../document/mediaTypes.ts';
import { type Operation, operationsOf, type ResponseOf, responseFor } from '../../document/operations.ts';
import type { Document } from '../../document/types.ts';
import { Answer } from '../answer.ts';
import { HttpError } from '../errors.ts';
import type { AnyHandler, RequestContext } from '../handler.ts';
import { Checks } from '../validate/checks.ts';
import { exampleOf, ownExample } from './example.ts';

/**
 * Handlers that answer a document's own examples, or values made of its schemas. A caller chooses another answer with
 * the header Prefer: `code=404`, `example=name` (RFC 7240).
 */
export function mockHandlers(document: Document): Record<string, AnyHandler<object>> {
  const checks = new Checks(document, () => {});
  return Object.fromEntries(
    operationsOf(document).map((operation) => [
      operation.id,
      async (_input: object, _services: object, request: RequestContext) =>
        mockAnswer(document, checks, operation, request.headers),
    ]),
  );
}

type Headers = RequestContext['headers'];

function mockAnswer(document: Document, checks: Checks, operation: Operation, headers: Headers): Answer {
  const { code, example } = preferences(headers.prefer);
  const status = code === undefined ? successOf(operation) : Number(code);
  const response = responseFor(operation.responses, status);
  if (response === undefined) {
    throw new HttpError(400, `${operation.id} documents no answer ${code}; Prefer may ask for ${statuses(operation)}.`);
  }
  const content = contentFor(response, headers.accept);
  const body =
    content === undefined || operation.method === 'HEAD'
      ? undefined
      : bodyOf(content, valueFor(document, checks, operation, response, content, example));
  const type = content?.name.includes('*') ? undefined : content?.name;
  return new Answer(status, body, headersOf(document, response), type);
}

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

const statuses = ({ responses }: Operation): string => responses.map(({ status }) => status).join(', ') || 'none';

function successOf({ responses }: Operation): number {
  const all = responses.map(({ status }) => status);
  const exact = all.find((status) => /^2\d\d$/.test(status)) ?? all.find((status) => /^[13]\d\d$/.test(status));
  if (exact !== undefined) return Number(exact);
  if (all.length === 0 || all.includes('2XX') || all.includes('default')) return 200;
  return Number((all[0] as string).replace('XX', '00'));
}

function contentFor({ contents }: ResponseOf, accept = '*/*' as string | string[]): MediaType | undefined {
  const wanted = String(accept)
    .split(',')
    .map((part) => part.split(';', 1)[0]?.trim().toLowerCase());
  const json = contents.find(({ kind }) => kind === 'json');
  return contents.find(({ type }) => wanted.includes(type)) ?? json ?? contents[0];
}

/** The document's own example where it fits the schema: many have grown old, or show what only a request may hold. */
function valueFor(
  document: Document,
  checks: Checks,
  operation: Operation,
  response: ResponseOf,
  content: MediaType,
  name: string | undefined,
): unknown {
  const { kind, schema, itemSchema, object } = content;
  const own = ownExample(document, object as Readonly<Record<string, unknown>>, name);
  if (kind === 'events' || kind === 'json-lines') {
    const items = own.found ? own.value : exampleOf(document, itemSchema ?? schema ?? {});
    return Array.isArray(items) ? items : [items];
  }
  if (kind !== 'json') return own.found ? own.value : exampleOf(document, schema ?? {});
  const fits = (body: unknown) =>
    body !== undefined &&
    checks
      .response(operation, response, content, { headers: {}, body }, Number.POSITIVE_INFINITY)
      .every(({ path }) => path.startsWith('/response/headers'));
  if (own.found && fits(own.value)) return own.value;
  const example = exampleOf(document, schema ?? {});
  if (fits(example)) return example;
  const made = exampleOf(document, schema ?? {}, 'answer', false);
  return fits(made) || !own.found ? made : own.value;
}

function bodyOf({ kind }: MediaType, value: unknown): unknown {
  switch (kind) {
    case 'json':
      return value ?? null;
    case 'text':
      return typeof value === 'string' ? value : JSON.stringify(value ?? '');
    case 'events':
    case 'json-lines':
      return sequence(value as readonly unknown[]);
    default:
      return new TextEncoder().encode(typeof value === 'string' ? value : 'bytes');
  }
}

async function* sequence(items: readonly unknown[]): AsyncGenerator<unknown> {
  yield* items;
}

/** Those that are required, and those that have an example. */
function headersOf(document: Document, { headers }: ResponseOf): Record<string, unknown> {
  const made = headers.flatMap(({ name, required, schema, object }) => {
    const own = ownExample(document, object as unknown as Readonly<Record<string, unknown>>);
    if (own.found) return [[name, own.value] as const];
    return required ? [[name, exampleOf(document, schema)] as const] : [];
  });
  return Object.fromEntries(made);
}
