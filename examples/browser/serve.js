import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { startServer } from 'amplify-backend-auth-server';

// The folders of the two packages that the page imports.
const modules = {
  client: new URL('.', import.meta.resolve('amplify-backend-auth-client')),
  'openapi-fetch': new URL('.', import.meta.resolve('openapi-fetch')),
};

const files = createServer(async (request, response) => {
  const [, name, file] = /^\/modules\/([\w-]+)\/([\w.-]+\.m?js)$/.exec(request.url ?? '') ?? [];
  const folder = name === undefined ? undefined : modules[name];
  try {
    const body = await readFile(fileURLToPath(folder ? new URL(file, folder) : new URL('index.html', import.meta.url)));
    response.setHeader('Content-Type', folder ? 'text/javascript' : 'text/html; charset=utf-8').end(body);
  } catch {
    response.writeHead(404).end();
  }
});
files.listen(Number(process.env.PORT ?? 0), '127.0.0.1', async () => {
  const origin = `http://127.0.0.1:${files.address().port}`;
  // Without credentials, only pages of the origins that are named here may call.
  const api = await startServer({ demo: true, allowOrigin: [origin] });
  console.log(`Open ${origin}/?api=${encodeURIComponent(api.url)}`);
});
