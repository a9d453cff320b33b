import { createClient } from 'amplify-backend-auth-client';
import { startServer } from 'amplify-backend-auth-server';

// A process of its own: node firstAnswers.mjs UPDATE. Starts a server in memory, sends the update, then the first request of
// each further operation, and prints as JSON how long each took, in ms: `imported`, `listening` and `updated` since the start
// of the process, and `further` for each operation. In JavaScript, so that the packages are measured without what takes the
// types out of TypeScript.
const imported = performance.now();
await using server = await startServer();
const listening = performance.now();
const at = { appId: 'd1', backendEnvironmentName: 'staging' };
// There is no such app: the answer is a 404, after the input was validated.
const answer = await fetch(`${server.url}/backend/d1/auth/staging`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: process.argv[2],
});
await answer.text();
if (answer.status !== 404) throw new Error(`The update was answered with ${answer.status}.`);
const updated = performance.now();

const further = {};
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
