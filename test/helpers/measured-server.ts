import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { startServer } from '../../server/compose/server.ts';
import { parseCredentials } from '../../server/signing/credentials.ts';

// A server in a process of its own that tells what it used when asked; started with --expose-gc and the options of
// measuredServer() as JSON.
const { database = ':memory:', credentials } = JSON.parse(process.argv[2] ?? '{}');
const server = await startServer({
  database,
  port: 0,
  host: '127.0.0.1',
  jobTime: 0,
  admin: true,
  ...(credentials && { credentials: parseCredentials(credentials, 'credentials').credentials }),
  log: pino({ level: 'silent' }),
});
const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
process.send?.({ url: server.url });
process.on('message', () => {
  const longestDelay = delays.max / 1e6;
  for (let round = 0; round < 4; round++) globalThis.gc?.();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  process.send?.({
    rss,
    used: heapUsed + external,
    buffers: arrayBuffers,
    peak: maxRSS * 1024,
    cpu: (user + system) / 1000,
    longestDelay,
  });
  delays.reset();
});
