import { pino } from 'pino';
import { startServer } from '../../server/compose/server.ts';

// A server in a process of its own that tells its memory when asked; started with --expose-gc.
const server = await startServer({
  database: ':memory:',
  port: 0,
  host: '127.0.0.1',
  jobTime: 0,
  log: pino({ level: 'silent' }),
});
process.send?.({ url: server.url });
process.on('message', () => {
  for (let round = 0; round < 4; round++) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, used: heapUsed + external });
});
