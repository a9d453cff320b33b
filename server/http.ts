import { createRequire } from 'node:module';

/** `node:http`. Imported as a module, every export of it is read, and one of them loads the whole of undici: 40 ms of a start. */
export const http = createRequire(import.meta.url)('node:http') as typeof import('node:http');
