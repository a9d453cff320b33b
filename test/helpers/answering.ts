import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The base URL of a server that answers with a function. It ends with the test. */
export async function answering(
  answer: (request: IncomingMessage, response: ServerResponse, number: number) => unknown,
): Promise<string> {
  let number = 0;
  const server = createServer((request, response) => {
    number += 1;
    return answer(request, response, number);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await server[Symbol.asyncDispose]();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
