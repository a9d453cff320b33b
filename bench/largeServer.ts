import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { operationsOf } from '../pipeline/document/operations.ts';
import { createApp } from '../pipeline/express/index.ts';
import { documentOf } from './documents.ts';
import { update } from './environments.ts';

/**
 * A process of its own: node [--expose-gc] largeServer.ts OPERATIONS [USED]. Serves a document of that many operations
 * by pipeline/express and prints where it listens. With USED it calls as many copies of UpdateBackendAuth and prints instead,
 * as JSON, what one used and one unused operation takes up.
 */
const [count = 0, used] = process.argv.slice(2).map(Number);
const document = documentOf(count);
const handlers = Object.fromEntries(
  operationsOf(document as never).map(({ id }) => [
    id,
    async ({ appId, backendEnvironmentName }: Record<string, string>) => {
      const jobId = '01890a5d-ac96-774b-bcce-b302099a8057';
      return { appId, backendEnvironmentName, jobId, operation: 'UpdateBackendAuth', status: 'RUNNING' };
    },
  ]),
);

const before = heap();
// Its answers have the header that the document asks of them.
const protocol = { requestIdHeader: 'x-amzn-RequestId', refuse: () => undefined };
const app = createApp({ document: document as never, handlers, protocol });
const server = createServer(app).listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (used === undefined) console.log(url);
  else {
    process.stdout.write(JSON.stringify(await memory(url, used)));
    process.exit();
  }
});

async function memory(url: string, copies: number): Promise<{ perUsed: number; ofAll: number }> {
  const call = async (copy: number) => {
    const path = `${copy === 0 ? '' : `/copy${copy}`}/backend/app0/auth/env0`;
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(update) });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    await setImmediate();
  };
  const ofAll = heap() - before;
  // Memory that the server and fetch allocate once does not count for any operation.
  for (let n = 0; n < 20; n += 1) await call(0);
  const rested = heap();
  for (let copy = 1; copy <= copies; copy += 1) await call(copy);
  return { perUsed: (heap() - rested) / copies, ofAll };
}

/** kB */
function heap(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1000;
}
