import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { enableCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gen } from '../gen/gen.ts';
import { watch } from '../gen/watch.ts';

const help = `npm run docs -- [--port PORT]

Serves the reference page on this machine, makes it again after each save in spec/, and has browsers load it again.

  --port PORT   port to listen on; 0 takes a free one (default 4000)
  --help        show this
`;

enableCompileCache();
const root = join(import.meta.dirname, '../..');
const port = readPort();

/** The port that is asked for. Ends the process where help is, or where something is wrong. */
function readPort(): number {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string', default: '4000' }, help: { type: 'boolean' } },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    if (/^\d{1,5}$/.test(values.port) && Number(values.port) < 65_536) return Number(values.port);
    console.error(`--port must be a whole number from 0 to 65535, not ${JSON.stringify(values.port)}.`);
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/);
    console.error(`${sentence.replace(/\.$/, '')}. It takes --port and --help.`);
  }
  process.exit(2);
}

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
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken; --port names another one.` : error.message);
  process.exit(1);
});
server.listen(port, '127.0.0.1', () => {
  console.log(`The reference page is at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

await watch(
  join(root, 'spec'),
  async () => {
    const code = await gen({ root, say: (line) => console.log(line) });
    const page = read();
    if (page !== shown) for (const viewer of viewers) viewer.write('data: changed\n\n');
    shown = page;
    return code;
  },
  (line) => console.log(line),
);
