import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { enableCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gen } from './gen/run.ts';
import { watch } from './gen/watch.ts';

/** `npm run docs`: serves the reference page, and loads it again in the browser when the document has changed. */
enableCompileCache();
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { port: { type: 'string', default: '4000' } } });

const reload = "<script>new EventSource('/changes').onmessage = () => location.reload();</script>";
const viewers = new Set<ServerResponse>();
let shown = '';

const read = (): string => {
  try {
    return readFileSync(join(root, 'generated/docs/index.html'), 'utf8');
  } catch {
    return '<!DOCTYPE html><title>No page yet</title><p>The document has a fault; see the terminal.</p>';
  }
};

const server = createServer((request, response) => {
  if (request.url === '/changes') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders();
    viewers.add(response);
    response.on('close', () => viewers.delete(response));
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(read() + reload);
});
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${values.port} is taken; --port names another one.` : error.message,
  );
  process.exit(1);
});
server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`The reference page is at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

await watch(
  join(root, 'spec'),
  async () => {
    const passed = await gen({ root, say: (line) => console.log(line) });
    const page = read();
    if (page !== shown) for (const viewer of viewers) viewer.write('data: changed\n\n');
    shown = page;
    return passed ? 0 : 1;
  },
  (line) => console.log(line),
);
