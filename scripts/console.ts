import { join } from 'node:path';
import { buildConsole } from './console/build.ts';

// npm run console: builds the console, the pages at /console.
await buildConsole(join(import.meta.dirname, '..'));
