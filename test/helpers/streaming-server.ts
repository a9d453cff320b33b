import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type UploadedFile } from '../../pipeline/express/index.ts';

// A process of its own: takes files and sends events, and says how much memory it has.
const schema = {
  type: 'object',
  required: ['title', 'file'],
  properties: { title: { type: 'string' }, file: { type: 'string', format: 'binary' } },
};
const json = { 'application/json': {} };
const document = {
  openapi: '3.0.3',
  info: { title: 'Streams', version: '1' },
  paths: {
    '/files': {
      post: {
        operationId: 'upload',
        requestBody: { required: true, content: { 'multipart/form-data': { schema } } },
        responses: { 200: { description: 'ok', content: json } },
      },
    },
    '/events': {
      get: { operationId: 'events', responses: { 200: { description: 'ok', content: { 'text/event-stream': {} } } } },
    },
  },
};

const handlers = {
  async upload({ title, file }: { title: string; file: UploadedFile }) {
    let read = 0;
    for await (const chunk of file.stream() as unknown as AsyncIterable<Uint8Array>) read += chunk.length;
    return { title, size: file.size, read };
  },
  async *events() {
    for (let count = 0; count < 10_000; count++) yield `${count} ${'x'.repeat(4000)}`;
  },
};

const server = createServer(createApp<object>({ document: document as never, handlers: handlers as never }));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ rss: process.memoryUsage().rss });
});
