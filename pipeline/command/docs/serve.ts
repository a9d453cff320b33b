import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { projectsAt } from '../../gen/config.ts';
import { gen } from '../../gen/gen.ts';
import { isURL } from '../../gen/source/fetchText.ts';
import { describe } from '../../gen/step.ts';
import { watch } from '../../gen/watch.ts';
import { listenFailure } from '../port.ts';

const RELOAD = "<script>new EventSource('/changes').onmessage = () => location.reload();</script>";
const NO_PAGE = '<!DOCTYPE html><title>No page yet</title><p>The document has a fault. The terminal says which.</p>';

/** The document beside its page, as a generated server sends it. */
const DOCUMENTS: Readonly<Record<string, { readonly type: string; readonly of: (json: string) => string }>> = {
  '/openapi.json': { type: 'application/json', of: (json) => json },
  '/openapi.yaml': { type: 'application/yaml', of: (json) => stringify(JSON.parse(json), { compat: 'yaml-1.1' }) },
};

const say = (line: string): void => console.log(line);

/** Serves the page of the project's first document until the process is stopped. Returns the exit code. */
export async function serveDocs(root: string, port: number): Promise<number> {
  const projects = await projectsAt(root).catch((error: unknown) => {
    for (const line of describe(error)) console.error(line);
  });
  const [first] = projects ?? [];
  if (projects === undefined || first === undefined) return 2;
  const made = (file: string) => textOf(join(root, first.generated, file));
  const read = (): string => made('docs/index.html') ?? NO_PAGE;
  const bundle = () => made('openapi.json');
  const viewers = new Set<ServerResponse>();
  const server = serverOf(read, bundle, viewers);
  const failure = await listen(server, port);
  if (failure !== undefined) {
    console.error(listenFailure(failure, port));
    return 1;
  }
  say(`The reference page is at http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  let shown = '';
  const run = async (): Promise<number> => {
    const code = await gen({ root, say });
    const page = read();
    if (page !== shown) for (const viewer of viewers) viewer.write('data: changed\n\n');
    shown = page;
    return code;
  };
  const folders = new Set(projects.filter(({ spec }) => !isURL(spec)).map(({ spec }) => dirname(spec)));
  return watch([...folders], run, say);
}

/** Reads a generated file; undefined if gen hasn't written it yet. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The page at every path but those of the document, and a stream at /changes that tells browsers to load it again. */
const serverOf = (read: () => string, bundle: () => string | undefined, viewers: Set<ServerResponse>): Server =>
  createServer((request, response) => {
    if (request.url === '/changes') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders();
      viewers.add(response);
      response.on('close', () => viewers.delete(response));
      return;
    }
    const asText = DOCUMENTS[request.url ?? ''];
    if (asText !== undefined) {
      const json = bundle();
      response.writeHead(json === undefined ? 404 : 200, { 'Content-Type': asText.type, 'Cache-Control': 'no-store' });
      response.end(json && asText.of(json));
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(read() + RELOAD);
  });

/** Why it can't listen, if it can't. */
function listen(server: Server, port: number): Promise<NodeJS.ErrnoException | undefined> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | undefined>();
  server.once('error', resolve);
  server.listen(port, '127.0.0.1', () => resolve(undefined));
  return promise;
}
