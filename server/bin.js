import module from 'node:module';

// The package's command. It is JavaScript, and imports nothing that an older Node could not read before
// it says so; and what takes the types out of TypeScript, 15 MB, is not loaded where the rest was compiled before.
const NEEDED = 24;
const { versions, version, execPath } = process;
if (Number(versions.node.split('.')[0]) < NEEDED) {
  console.error(`amplify-backend-auth needs Node ${NEEDED} or newer, and found ${version} at ${execPath}.`);
  process.exitCode = 1;
} else {
  module.enableCompileCache();
  await import('./main.ts');
  // Node writes what it compiled when it ends, and a server may be killed.
  module.flushCompileCache();
}
