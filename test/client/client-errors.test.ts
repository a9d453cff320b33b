import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  ApiException,
  BadRequestException,
  type Client,
  createClient,
  InternalServiceException,
  LimitExceededException,
  NetworkError,
  NotFoundException,
  UnreadableError,
} from '../../client/index.ts';

/** A client of a server that answers as told; both end with the test. */
async function clientOf(answer: (response: ServerResponse) => void): Promise<Client> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await server[Symbol.asyncDispose]();
  });
  return createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

const input = { appId: 'd1', backendEnvironmentName: 'staging', jobId: 'j1' };

/** Errors that the client throws for an answer. */
async function thrownFor(status: number, body: string, headers: Record<string, string> = {}): Promise<ApiException> {
  const client = await clientOf((response) => response.writeHead(status, headers).end(body));
  const error = await client.getBackendJob(input).then(
    () => 'nothing',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiException);
  return error as ApiException;
}

describe('an error of the contract', () => {
  test.each([
    [400, 'BadRequestException', BadRequestException, {}],
    [404, 'NotFoundException', NotFoundException, { resourceType: 'Job' }],
    [429, 'TooManyRequestsException', LimitExceededException, { limitType: 'rate' }],
    [504, 'GatewayTimeoutException', InternalServiceException, {}],
  ])('%i %s is thrown as its class, with all that the answer says', async (status, type, Class, members) => {
    const body = { __type: type, message: 'no', ...members };
    const headers = { 'x-amzn-ErrorType': type, 'x-amzn-RequestId': 'r1' };
    const error = await thrownFor(status, JSON.stringify(body), headers);
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: Class.name, message: 'no', status, type, requestId: 'r1', body, ...members });
  });

  test('is told by its header without namespace and address, as the AWS SDKs read it', async () => {
    for (const name of ['a.b#NotFoundException:http://c/#d', 'NotFoundException,x', 'a#NotFoundException']) {
      const error = await thrownFor(404, '{"__type":"BadRequestException"}', { 'x-amzn-ErrorType': name });
      expect(error).toBeInstanceOf(NotFoundException);
      expect(error.type).toBe('NotFoundException');
    }
  });

  test('is told by its body where a page may not read the header', async () => {
    expect(await thrownFor(404, '{"__type":"a#NotFoundException"}')).toBeInstanceOf(NotFoundException);
    expect(await thrownFor(404, '{"code":"NotFoundException"}')).toBeInstanceOf(NotFoundException);
  });

  test('prints its name, its words and its members, also in its stack', async () => {
    const error = await thrownFor(404, '{"__type":"NotFoundException","message":"No job j1.","resourceType":"Job"}');
    expect(error.stack).toMatch(/^NotFoundException: No job j1\.\n {4}at /);
    expect(`${error}`).toBe('NotFoundException: No job j1.');
    expect(inspect(error)).toMatch(/^NotFoundException: No job j1\.\n.*status: 404.*resourceType: 'Job'/s);
  });

  test('turns into JSON of what was answered, and nothing of the request', async () => {
    const body = { __type: 'NotFoundException', message: 'No job j1.', resourceType: 'Job' };
    const error = await thrownFor(404, JSON.stringify(body), { 'x-amzn-RequestId': 'r1', 'set-cookie': 'secret' });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      status: 404,
      requestId: 'r1',
      type: 'NotFoundException',
      body,
      __type: 'NotFoundException',
      resourceType: 'Job',
    });
  });
});

describe('an answer that is not of the contract', () => {
  test.each([
    ['names an unknown error', '{"__type":"TeapotException","message":"short"}', 'TeapotException', 'short'],
    ['names what every object has', '{"__type":"constructor"}', 'constructor', 'GetBackendJob was answered 418'],
    ['names nothing', '{"detail":1}', undefined, 'GetBackendJob was answered 418'],
    ['is a list', '[1]', undefined, 'GetBackendJob was answered 418'],
    ['is null', 'null', undefined, 'GetBackendJob was answered 418'],
  ])('and %s is thrown as an ApiException', async (_, body, type, message) => {
    const error = await thrownFor(418, body);
    expect(Object.getPrototypeOf(error)).toBe(ApiException.prototype);
    expect(error).toMatchObject({ name: 'ApiException', status: 418, type, message });
  });

  test('and is not JSON is thrown with its text', async () => {
    const error = await thrownFor(502, '<h1>Bad Gateway</h1>', { 'content-type': 'text/html' });
    expect(error).toMatchObject({
      name: 'ApiException',
      status: 502,
      body: '<h1>Bad Gateway</h1>',
      requestId: undefined,
    });
    expect(Object.keys(error)).toEqual(['status', 'requestId', 'type', 'body']);
  });

  test('and is empty is thrown with its status and request id, and of its class where the header names it', async () => {
    const headers = { 'x-amzn-RequestId': 'r1', 'x-amzn-ErrorType': 'GatewayTimeoutException' };
    const error = await thrownFor(504, '', headers);
    expect(error).toBeInstanceOf(InternalServiceException);
    expect(error).toMatchObject({ status: 504, requestId: 'r1', body: undefined });
  });

  test.each([
    ['not JSON', '<p>Sign in to the Wi-Fi</p>'],
    ['empty', ''],
    ['cut short', '{"appId":"d1"'],
  ])('and is a 200 whose body is %s is thrown with status, request id and cause', async (_, body) => {
    const error = await thrownFor(200, body, { 'x-amzn-RequestId': 'r1' });
    expect(error).toBeInstanceOf(UnreadableError);
    expect(error).toMatchObject({ name: 'UnreadableError', status: 200, requestId: 'r1', body: body || undefined });
    expect(error.message).toMatch(/^GetBackendJob was answered 200, SyntaxError: /);
    expect(error.cause).toBeInstanceOf(SyntaxError);
  });

  test("can't replace what an error has", async () => {
    const error = await thrownFor(
      418,
      '{"stack":"x","toString":"x","status":1,"__proto__":{"x":1},"name":"x","message":7}',
    );
    expect(error).toMatchObject({ status: 418, name: 'ApiException', message: '7' });
    expect(error.stack).toMatch(/^ApiException: 7\n/);
    expect(`${error}`).toBe('ApiException: 7');
    expect(error).toBeInstanceOf(ApiException);
    expect(error).not.toHaveProperty('x');
  });
});

describe('no answer', () => {
  test('is a NetworkError with its cause, where no one listens', async () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:1', fetch });
    const error: unknown = await client.getBackendJob(input).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).not.toBeInstanceOf(ApiException);
    expect(error).toMatchObject({ name: 'NetworkError', cause: expect.any(TypeError) });
    expect(String(error)).toMatch(/^NetworkError: GetBackendJob: /);
  });

  test.each([200, 500])('is a NetworkError too where the connection breaks within the body of a %i', async (status) => {
    const client = await clientOf((response) => {
      response.writeHead(status, { 'content-length': '100' }).write('{"appId":', () => response.destroy());
    });
    await expect(client.getBackendJob(input)).rejects.toMatchObject({ name: 'NetworkError', cause: expect.any(Error) });
  });

  test('is a NetworkError whatever the fetch handed in throws', async () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:1', fetch: () => Promise.reject('no route') });
    await expect(client.getBackendJob(input)).rejects.toMatchObject({ name: 'NetworkError', cause: 'no route' });
  });
});

describe('an abort', () => {
  const reasons: unknown[] = [new Error('enough'), 'enough', undefined];
  test.each(reasons)('before the answer rejects with the reason of the signal: %s', async (reason) => {
    const stop = new AbortController();
    const client = await clientOf(() => stop.abort(reason));
    const error: unknown = await client
      .getBackendJob(input, { signal: stop.signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toBe(stop.signal.reason);
  });

  test.each([200, 500])('within the body of a %i rejects with the reason of the signal', async (status) => {
    const stop = new AbortController();
    const client = await clientOf((response) => {
      response
        .writeHead(status, { 'content-length': '100' })
        .write('{', () => setTimeout(() => stop.abort('enough'), 20));
    });
    await expect(client.getBackendJob(input, { signal: stop.signal })).rejects.toBe('enough');
  });

  test('before the call sends nothing', async () => {
    let asked = 0;
    const client = await clientOf((response) => {
      asked += 1;
      response.end('{}');
    });
    await expect(client.getBackendJob(input, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    expect(asked).toBe(0);
  });
});
