import type { Document } from '../../document/types.ts';
import type { Operation } from '../document.ts';
import type { Outcome } from '../outcome.ts';
import { type WrittenBody, write } from '../written.ts';
import { type Credentials, placed } from './credentials.ts';

const LONGEST = 20_000; // ms
const MOST = 256 * 1024; // characters

/** Sends a request to the server that the page came from, and reads its answer. Rejects where none comes. */
export async function send(
  document: Document,
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  { baseUrl, credentials }: { readonly baseUrl: string; readonly credentials: Credentials },
): Promise<Outcome> {
  const { path, headers, body } = write(operation, input);
  const added = placed(document, operation.id, credentials);
  const url = new URL(`${baseUrl}${path}`);
  for (const [name, value] of added.query) url.searchParams.append(name, value);
  const type: [string, string][] = body === undefined || body.kind === 'parts' ? [] : [['Content-Type', body.type]];
  const answer = await fetch(url, {
    method: operation.method,
    headers: [...headers, ...added.headers, ...type].map(([name, value]): [string, string] => [name, value]),
    redirect: 'manual',
    ...(body !== undefined && { body: bodyInit(body) }),
  });
  if (answer.type === 'opaqueredirect') {
    return { ok: true, status: 0, body: 'A redirect, which a browser does not show to a page.' };
  }
  const shown = { status: answer.status, headers: [...answer.headers], body: await read(answer) };
  if (answer.ok) return { ok: true, ...shown };
  return { ok: false, ...shown, message: messageOf(answer, shown.body) };
}

function bodyInit(body: WrittenBody): BodyInit {
  if (body.kind === 'text') return body.text;
  if (body.kind === 'file') return body.file ?? '';
  const form = new FormData();
  for (const { name, value, type } of body.parts) {
    form.append(name, type === undefined ? value : new Blob([value], { type }));
  }
  return form;
}

/** JSON as its value, text as it is, and of anything else its size. An endless answer is shown as far as it came. */
async function read(answer: Response): Promise<unknown> {
  const type = answer.headers.get('Content-Type') ?? '';
  if (!/json|^text\/|xml|yaml|^$/i.test(type)) {
    const { size } = await answer.blob();
    return `${size} bytes of ${type}`;
  }
  const text = await textOf(answer);
  try {
    return /json/i.test(type) ? JSON.parse(text) : text || undefined;
  } catch {
    return text || undefined;
  }
}

async function textOf({ body }: Response): Promise<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return '';
  let text = '';
  const timer = setTimeout(() => void reader.cancel(), LONGEST);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
    if (text.length > MOST) {
      await reader.cancel();
      break;
    }
  }
  clearTimeout(timer);
  return text;
}

/** The sentence in which a server says what is wrong, by the names that are usual. */
function messageOf({ status, statusText }: Response, body: unknown): string {
  const members = Object(body) as Record<string, unknown>;
  const said = [members.detail, members.message, members.error, members.title].find((one) => typeof one === 'string');
  return `${said ?? (statusText || `The server answered ${status}.`)}`;
}
