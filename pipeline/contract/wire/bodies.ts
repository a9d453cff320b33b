import { encodeForm } from '../../document/formBody.ts';
import { essence, kindOf } from '../../document/mediaTypes.ts';
import type { Content, Document } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { type Schema, viewOf } from '../schema/schema.ts';

export interface Encoded {
  readonly type: string;
  readonly body: string | Buffer;
}

const BOUNDARY = 'boundary-7c9e667974254';

/** Writes a body in its media type. */
export function encodeBody(document: Document, content: Content, value: unknown): Encoded {
  const type = concrete(content);
  switch (content.kind) {
    case 'form':
      return { type, body: encodeForm({ encoding: content.encoding }, value) };
    case 'multipart':
      return { type: `${essence(type)}; boundary=${BOUNDARY}`, body: multipart(document, content, value) };
    case 'json':
      return { type, body: JSON.stringify(value) };
    case 'json-lines':
      return {
        type,
        body: (Array.isArray(value) ? value : [value]).map((item) => `${JSON.stringify(item)}\n`).join(''),
      };
    default:
      return { type, body: typeof value === 'string' ? value : JSON.stringify(value) };
  }
}

/** A range such as `image/*` is no type that can be sent. */
function concrete({ type, kind }: Content): string {
  if (!type.includes('*')) return type;
  if (kind === 'json') return 'application/json';
  return `${type.split('/', 1)[0] === '*' ? 'application' : type.split('/', 1)[0]}/${kind === 'text' ? 'plain' : 'octet-stream'}`;
}

function multipart(document: Document, content: Content, value: unknown): string {
  const { properties } = viewOf(document.resolve, content.schema ?? {});
  const parts = Object.entries(isObject(value) ? value : { value }).flatMap(([name, member]) => {
    const schema = properties[name] ?? {};
    const view = viewOf(document.resolve, schema);
    const items = Array.isArray(member) && view.types.includes('array') ? member : [member];
    const item = view.types.includes('array') ? (view.items ?? {}) : schema;
    return items.map((one) => part(document, name, one, item, content.encoding[name]?.contentType));
  });
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

function part(document: Document, name: string, value: unknown, schema: Schema, contentType: unknown): string {
  const isFile = isFileSchema(document, schema);
  const listed = typeof contentType === 'string' ? contentType.split(',')[0]?.trim() : undefined;
  const wanted = listed?.includes('*')
    ? kindOf(listed) === 'text'
      ? 'text/plain'
      : 'application/octet-stream'
    : listed;
  const json = isObject(value) || Array.isArray(value);
  const type = wanted ?? (isFile ? 'application/octet-stream' : json ? 'application/json' : undefined);
  const file = isFile ? '; filename="file.txt"' : '';
  const text = json || /json/.test(type ?? '') ? JSON.stringify(value) : String(value);
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22')}"${file}\r\n`;
  return `${head}${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n${text}\r\n`;
}

/** OpenAPI 3.0 says `format: binary`; 3.1 says `contentMediaType`, or nothing at all. */
export function isFileSchema(document: Document, schema: Schema): boolean {
  const { format, contentMediaType, types } = viewOf(document.resolve, schema);
  return (
    format === 'binary' ||
    types.includes('file') ||
    (contentMediaType !== undefined && contentMediaType !== 'application/json')
  );
}
