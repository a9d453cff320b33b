import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { Document } from '../../pipeline/contract/document/document.ts';
import type { Resolve, Schema } from '../../pipeline/contract/schema/schema.ts';
import { validate } from '../../pipeline/contract/schema/validate.ts';

export const SHELF = fileURLToPath(new URL('../fixtures/contract/shelf.yaml', import.meta.url));
export const TOKEN = 'shelf-t0ken';

/** One way in which the shelf may be wrong. */
export type ShelfFault =
  | 'none'
  | 'answers 400 for what is not there'
  | 'loses a member'
  | 'sorts tags'
  | 'moves the time of creation'
  | 'forgets a filter'
  | 'ends pages early'
  | 'counts wrong'
  | 'keeps what a replacement leaves out'
  | 'takes an isbn twice'
  | 'keeps reviews of removed books'
  | 'takes any header'
  | 'takes any form'
  | 'never ends an answer'
  | 'dies';

type Item = Record<string, unknown> & { id: number };

/** A small server of books, correct but for its fault. */
export async function shelf(fault: ShelfFault = 'none'): Promise<RequestListener> {
  const document = new Document(parse(await readFile(SHELF, 'utf8')));
  const schemas = (document.root.components as { schemas: Record<string, Schema> }).schemas;
  const fits = (name: string, value: unknown, resolve: Resolve = document.resolve) =>
    validate(resolve, schemas[name] ?? {}, value, 'request').length === 0;
  const books = new Map<number, Item>();
  const reviews = new Map<number, unknown[]>();
  let last = 0;

  return async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://shelf');
    const text = await read(request);
    const send = (status: number, body?: unknown, type = 'application/json') => {
      response.writeHead(status, body === undefined ? {} : { 'content-type': type });
      response.end(body === undefined || request.method === 'HEAD' ? undefined : JSON.stringify(body));
    };
    const problem = (status: number, title: string) => send(status, { title }, 'application/problem+json');
    const json = (): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    };
    const isJson = request.headers['content-type'] === 'application/json';
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return problem(401, 'a token, please');
    const [, collection, id, part] = pathname.split('/');
    if (collection !== 'books') return problem(404, 'no such path');

    if (id === undefined && request.method === 'GET') {
      const trace = request.headers['x-trace'];
      const size = query.get('page_size') ?? '20';
      const genre = query.get('genre');
      if (!/^\d+$/.test(size) || +size < 1 || +size > 40) return problem(400, 'page_size');
      if (genre !== null && !fits('Genre', genre)) return problem(400, 'genre');
      if (fault !== 'takes any header' && trace !== undefined && !/^[a-f0-9]{8}$/.test(String(trace)))
        return problem(400, 'X-Trace');
      const all = [...books.values()].filter(
        (one) => genre === null || one.genre === genre || fault === 'forgets a filter',
      );
      const from = Number(query.get('cursor') ?? 0);
      if (!Number.isInteger(from)) return problem(400, 'cursor');
      const items = all.filter((one) => one.id > from).slice(0, +size);
      const next = all.some((one) => one.id > (items.at(-1)?.id ?? Number.POSITIVE_INFINITY));
      const more = next && !(fault === 'ends pages early' && from > 0) ? { next_cursor: String(items.at(-1)?.id) } : {};
      return send(200, { items, total: all.length + (fault === 'counts wrong' ? 1 : 0), ...more });
    }
    if (id === undefined && request.method === 'POST') {
      const body = json() as Record<string, unknown>;
      if (!isJson || !fits('Book', body)) return problem(400, 'the book');
      const taken = [...books.values()].some(({ isbn }) => isbn === body.isbn);
      if (taken && fault !== 'takes an isbn twice') return problem(409, 'the isbn exists');
      last += 1;
      const { pages, ...lossy } = body;
      const kept = fault === 'loses a member' ? lossy : body;
      reviews.set(last, []);
      books.set(last, { ...kept, ...tagsOf(kept, fault), id: last, createdAt: new Date(1.7e12 + last).toISOString() });
      return send(201, books.get(last));
    }
    const book = books.get(Number(id));
    if (part === 'reviews' && request.method === 'GET' && fault === 'keeps reviews of removed books') {
      const found = reviews.get(Number(id));
      return found === undefined ? problem(404, 'no such book') : send(200, found);
    }
    if (!/^\d+$/.test(id ?? '') || book === undefined) {
      return problem(fault === 'answers 400 for what is not there' ? 400 : 404, 'no such book');
    }
    if (part === 'reviews') {
      if (request.method === 'GET') return send(200, reviews.get(book.id) ?? []);
      const form = Object.fromEntries(new URLSearchParams(text));
      const review = { ...form, ...(/^\d+$/.test(form.stars ?? '') && { stars: Number(form.stars) }) };
      if (fault !== 'takes any form' && !fits('Review', review)) return problem(400, 'the review');
      reviews.set(book.id, [...(reviews.get(book.id) ?? []), review]);
      return send(201, { stars: 1, ...review });
    }
    if (request.method === 'GET') {
      if (fault === 'never ends an answer') {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
        return;
      }
      return send(
        200,
        fault === 'moves the time of creation' ? { ...book, createdAt: new Date(1.8e12).toISOString() } : book,
      );
    }
    if (request.method === 'PUT') {
      const body = json() as Record<string, unknown>;
      if (!isJson || !fits('Book', body)) return problem(400, 'the book');
      if (fault === 'dies') return response.destroy();
      const kept = fault === 'keeps what a replacement leaves out' ? { ...book, ...body } : body;
      books.set(book.id, { ...kept, id: book.id, createdAt: book.createdAt });
      return send(200, books.get(book.id));
    }
    if (request.method === 'DELETE') {
      books.delete(book.id);
      if (fault !== 'keeps reviews of removed books') reviews.delete(book.id);
      return send(204);
    }
    return problem(405, 'no such method');
  };
}

function tagsOf({ tags }: Record<string, unknown>, fault: ShelfFault): object {
  return fault === 'sorts tags' && Array.isArray(tags) ? { tags: tags.toSorted().reverse().slice(1) } : {};
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

export async function listening(app: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
