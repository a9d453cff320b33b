import { isObject, resolve } from './references.ts';
import type { Content, Encoding, MediaTypeObject, Schema } from './types.ts';

/**
 * The form in which a body of a media type is handled: `json` as its value, `form` and `multipart` as an object of
 * members, `text` as a string, `bytes` as bytes, `events` and `json-lines` as a sequence of items.
 */
export type MediaKind = 'json' | 'form' | 'multipart' | 'text' | 'bytes' | 'events' | 'json-lines';

export interface MediaType {
  /** As the document spells it, such as `application/json; charset=utf-8`. */
  readonly name: string;
  /** In lower case and without parameters. It may be a range, such as `image/*`. */
  readonly type: string;
  readonly kind: MediaKind;
  readonly schema?: Schema;
  /** The schema of each item of a sequence (OpenAPI 3.2). */
  readonly itemSchema?: Schema;
  readonly encoding?: Readonly<Record<string, Encoding>>;
  readonly object: MediaTypeObject;
}

/** The media types of a content, in the document's order. */
export const mediaTypesOf = (document: object, content: Content | undefined): MediaType[] =>
  Object.entries(content ?? {}).map(([name, node]) => {
    const object = resolve<MediaTypeObject>(document, node ?? {});
    const type = essence(name);
    const { schema, itemSchema, encoding } = object;
    const kind = kindOf(type, schema && type.endsWith('*') ? typeSchema(document, schema) : undefined);
    return {
      name,
      type,
      kind,
      object,
      ...(schema && { schema }),
      ...(itemSchema && { itemSchema }),
      ...(encoding && { encoding }),
    };
  });

/** `Application/JSON; charset=utf-8` is `application/json`. */
export const essence = (name: string): string => (name.split(';', 1)[0] ?? '').trim().toLowerCase();

const LINES = ['application/jsonl', 'application/x-jsonl', 'application/jsonlines', 'application/x-jsonlines'];
const MORE_LINES = ['application/x-ndjson', 'application/ndjson', 'application/json-seq', 'application/stream+json'];
const lines = new Set([...LINES, ...MORE_LINES]);
const texts =
  /^(text\/|application\/(xml|yaml|x-yaml|javascript|ecmascript|graphql|sql|toml|x-pem-file|jwt)$)|\+(xml|yaml)$/;

/** The kind of a media type. A range such as `*` + `/*` is JSON unless its schema says that it is text or bytes. */
export function kindOf(type: string, schema?: Schema): MediaKind {
  if (lines.has(type) || type.endsWith('+json-seq')) return 'json-lines';
  if (type === 'text/event-stream') return 'events';
  if (/^(application|text)\/(json5?|x-json)$|\+json$/.test(type)) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type === 'multipart/form-data' || type === 'multipart/*') return 'multipart';
  if (type === '*/*' || type === 'application/*') return schema === undefined || isText(schema) ? 'bytes' : 'json';
  return texts.test(type) ? 'text' : 'bytes';
}

const isText = ({ type }: Schema): boolean => type === 'string' || (Array.isArray(type) && type.includes('string'));

function typeSchema(document: object, schema: Schema): Schema {
  const found = resolve<Schema>(document, schema as never);
  return isObject(found) ? found : {};
}

/** Whether a range (`image/*`, or a type itself) takes a type. Both are without parameters. */
export function matches(range: string, type: string): boolean {
  if (range === type || range === '*/*' || range === '*') return true;
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1));
}

/**
 * The media type of a content that a type falls under: the very type before a range, `image/*` before any type. Of those
 * that differ in parameters alone (`application/json; version=2`), the one whose parameters were sent.
 */
export function mediaTypeFor(contents: readonly MediaType[], type: string): MediaType | undefined {
  // Most are sent as the document spells them, and need nothing parsed.
  const same = contents.find(({ name }) => name === type);
  if (same !== undefined) return same;
  const wanted = essence(type);
  const sent = parametersOf(type);
  const rank = ({ type: range, name }: MediaType): number => {
    const lacking = parametersOf(name).filter((one) => !sent.includes(one)).length;
    return (range === '*/*' ? 2 : range.endsWith('/*') ? 1 : 0) + Math.min(lacking, 9) / 10;
  };
  const more = (one: MediaType): number => parametersOf(one.name).length;
  const found = contents.filter((one) => matches(one.type, wanted));
  return found.sort((a, b) => rank(a) - rank(b) || more(b) - more(a))[0];
}

/** Without the charset, which says how the same is written. */
const parametersOf = (name: string): string[] =>
  name
    .split(';')
    .slice(1)
    .map((one) =>
      one
        .trim()
        .toLowerCase()
        .replaceAll('"', '')
        .replace(/\s*=\s*/, '='),
    )
    .filter((one) => one !== '' && !/^(charset|boundary)=/.test(one));

/** The content whose media type is JSON: `application/json` before any other. */
export const jsonOf = (contents: readonly MediaType[]): MediaType | undefined =>
  contents.find(({ type }) => type === 'application/json') ?? contents.find(({ kind }) => kind === 'json');
