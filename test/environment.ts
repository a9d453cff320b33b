import { join } from 'node:path';

/*
 * Imported by the configurations of Vitest, before any worker starts: tests, and the processes that they start, have the
 * same variables in every file. Emulators of Cognito take any key; without one the AWS SDK would look for that of the
 * person at the machine.
 */
process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test';
delete process.env.AWS_SESSION_TOKEN;
delete process.env.AWS_PROFILE;
// Processes that tests start need not compile again what others have.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/compiled');
