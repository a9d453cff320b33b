import { createClient, JobFailedError, LimitExceededException } from 'amplify-backend-auth-client';
import { createClient as createAdmin } from 'amplify-backend-auth-client/admin';
import { startServer } from 'amplify-backend-auth-server';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { lengthenPasswords } from './lengthenPasswords.ts';

// The demo is an app with an environment and its sign-in, where passwords have 8 characters.
const server = await startServer({ admin: true, demo: true });
const client = createClient({ baseUrl: server.url });
const admin = createAdmin({ baseUrl: server.url });
const place = { appId: 'd1a2b3c4d5e6f7', backendEnvironmentName: 'staging', resourceName: 'shopauth' };

beforeEach(() => server.reset());
afterAll(() => server.stop());

const length = async () =>
  (await client.getBackendAuth(place)).resourceConfig?.userPoolConfigs.passwordPolicy?.minimumLength;

test('passwords are made longer', async () => {
  expect(await lengthenPasswords(client, place, 12)).toBe(true);
  expect(await length()).toBe(12);
});

test('passwords that are long enough are left alone: no update is sent', async () => {
  expect(await lengthenPasswords(client, place, 8)).toBe(false);
  const { requests } = await admin.listRequests({ operation: 'UpdateBackendAuth' });
  expect(requests).toEqual([]);
});

test('a job that fails is reported', async () => {
  await admin.failNextJob({ operation: 'UpdateBackendAuth', error: 'The user pool is gone.' });
  await expect(lengthenPasswords(client, place, 12)).rejects.toThrow(JobFailedError);
  expect(await length()).toBe(8);
});

test('a refusal is reported', async () => {
  await admin.addFault({ operation: 'UpdateBackendAuth', status: 429 });
  // By default, the client sends a request again that was refused with 429.
  const once = createClient({ baseUrl: server.url, retry: { attempts: 1 } });
  await expect(lengthenPasswords(once, place, 12)).rejects.toThrow(LimitExceededException);
});
