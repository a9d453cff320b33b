import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, onTestFinished } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from '../../server/compose/server.ts';

export interface TestServer extends RunningServer {
  /** The lines that were logged, as text. */
  readonly logged: string[];
}

/** A server of its own for one test, stopped when the test ends: in memory, and an answer that breaks the contract throws. */
export async function testServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const { server, logged } = await start(options);
  let stopped: Promise<void> | undefined;
  const stop = (timeout?: number) => {
    stopped ??= server.stop(timeout);
    return stopped;
  };
  onTestFinished(() => stop(0));
  return { ...server, stop, logged };
}

/**
 * One server for all tests of a file that can share it, since each makes apps of its own. Most of a test's time would
 * go into starting one and compiling its validators.
 */
export function sharedServer(options: Partial<ServerOptions> = {}): () => Promise<TestServer> {
  let shared: ReturnType<typeof start> | undefined;
  afterAll(async () => (await shared)?.server.stop(0));
  return async () => {
    shared ??= start(options);
    const { server, logged } = await shared;
    return { ...server, logged };
  };
}

async function start(options: Partial<ServerOptions> = {}) {
  const logged: string[] = [];
  const log = pino(
    { level: 'debug' },
    new Writable({
      write(line, _encoding, done) {
        logged.push(String(line));
        done();
      },
    }),
  );
  const server = await startServer({
    database: ':memory:',
    port: 0,
    host: '127.0.0.1',
    jobTime: 0,
    log,
    onInvalidResponse: 'throw',
    ...options,
  });
  return { server, logged };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it and fails if it is not as expected
  readonly body: any;
}

/** Sends JSON and reads JSON; a string or bytes are sent as they are. */
export async function send(
  url: string,
  body?: unknown,
  { method = 'POST', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
}

/**
 * The head of an answer, as soon as it is there, with headers that fetch would set itself. A page of megabytes is not
 * waited for: `fetch` loses one that has come whole where it is slower to unpack it than the server is to close.
 */
export const headOf = (url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers }, (response) => {
      response.resume();
      resolve(response);
    });
    request.on('error', reject).end(method === 'GET' ? undefined : '{}');
  });

/** The status of /readyz. */
export const readiness = async (url: string): Promise<number> =>
  (await send(`${url}/readyz`, undefined, { method: 'GET' })).status;

/** The answer of GetBackendJob once the job has ended. */
export async function ended(url: string, started: Answer): Promise<Answer['body']> {
  if (started.status !== 200) throw new Error(`No job was started: ${started.status} ${started.body?.message}`);
  const { appId, backendEnvironmentName, jobId } = started.body;
  for (;;) {
    const { body } = await send(`${url}/backend/${appId}/job/${backendEnvironmentName}/${jobId}`, undefined, {
      method: 'GET',
    });
    if (body.status !== 'RUNNING') return body;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export const authConfig = {
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: { requiredSignUpAttributes: ['EMAIL'], signInMethod: 'EMAIL', userPoolName: 'users' },
};

export interface Place {
  readonly appId: string;
  readonly environment: string;
  /** The path of the environment's auth, with the server's url. */
  readonly auth: string;
}

/** An app with an environment and the authentication resource `auth`, made over HTTP. */
export async function withAuth(url: string, config: object = authConfig): Promise<Place> {
  const { appId, environment, auth } = await withEnvironment(url);
  const created = await send(`${url}/backend/${appId}/auth`, {
    backendEnvironmentName: environment,
    resourceName: 'auth',
    resourceConfig: config,
  });
  if (created.status !== 200) throw new Error(`CreateBackendAuth answered ${created.status}: ${created.body.message}`);
  await ended(url, created);
  return { appId, environment, auth };
}

export async function withEnvironment(url: string): Promise<Place> {
  const appId = `d${randomUUID().slice(0, 8)}`;
  const environment = 'staging';
  const created = await send(`${url}/backend`, { appId, appName: 'shop', backendEnvironmentName: environment });
  if (created.status !== 200) throw new Error(`CreateBackend answered ${created.status}: ${created.body.message}`);
  await ended(url, created);
  return { appId, environment, auth: `${url}/backend/${appId}/auth/${environment}` };
}

/** The body of an update that changes some of the user pool. */
export const update = (userPoolConfigs: object, more: object = {}) => ({
  resourceName: 'auth',
  resourceConfig: { authResources: 'USER_POOL_ONLY', service: 'COGNITO', userPoolConfigs, ...more },
});

/** The configuration in GetBackendAuth's answer. */
export async function readConfig(place: Place): Promise<Answer['body']> {
  return (await send(`${place.auth}/details`, { resourceName: 'auth' })).body.resourceConfig;
}
