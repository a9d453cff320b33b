import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));

/** Prism is not among what users install; `npm ci --prefix test/proof/prism` gets it. */
export const prismIsInstalled = (): boolean => existsSync(COMMAND);

/** Prism's mock of a document, once it listens. */
export async function startPrism(document: string): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const args = [COMMAND, 'mock', document, '--port', String(port), '--host', '127.0.0.1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  const ended = new Promise<void>((gone) => child.once('close', () => gone()));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    // Its output is read to the end, since a full pipe would stop it.
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < 1_000_000) text += chunk;
      if (text.includes('Prism is listening')) resolve();
    });
  }
  ended.then(() => reject(new Error(`Prism ended before it listened: ${text.slice(-500)}`)));
  await listening;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => server.close(() => closed()));
  return port;
}
