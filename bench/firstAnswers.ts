import { createClient } from '../client/index.ts';
import { startServer } from '../server/index.ts';
import { update } from './environments.ts';

/**
 * A process of its own. Starts a server in memory, sends an update, then the first request of each further operation, and
 * prints as JSON how long each took, in ms: `imported`, `listening` and `updated` since the start of the process, and
 * `further` for each operation.
 */
const imported = performance.now();
await using server = await startServer();
const listening = performance.now();
const at = { appId: 'd1', backendEnvironmentName: 'staging' };
const send = async (path: string, body?: object) => {
  const answer = await fetch(`${server.url}/backend${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  await answer.text();
  if (answer.status >= 500) throw new Error(`${path} answered ${answer.status}.`);
};
// There is no such app: the answer is a 404, after the input was validated.
await send('/d1/auth/staging', update);
const updated = performance.now();

const further: Record<string, number> = {};
const client = createClient({ baseUrl: server.url, retry: { attempts: 1 } });
const calls = {
  CreateBackend: () => client.createBackend({ ...at, appName: 'shop' }),
  GetBackend: () => client.getBackend({ appId: 'd1' }),
  GetBackendJob: () => client.getBackendJob({ ...at, jobId: 'none' }),
  ListBackendJobs: () => client.listBackendJobs(at),
  GetBackendAuth: () => client.getBackendAuth({ ...at, resourceName: 'auth' }),
  DeleteBackendAuth: () => client.deleteBackendAuth({ ...at, resourceName: 'auth' }),
  CloneBackend: () => client.cloneBackend({ ...at, targetEnvironmentName: 'test' }),
  DeleteBackend: () => client.deleteBackend(at),
};
for (const [operation, call] of Object.entries(calls)) {
  const since = performance.now();
  await call().catch(() => {}); // refused for its state, not for its form
  further[operation] = performance.now() - since;
}
process.stdout.write(JSON.stringify({ imported, listening, updated, further }));
