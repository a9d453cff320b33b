import module from 'node:module';

// The installed command. It is JavaScript that an older Node can read, so that it can say which Node it needs.
const NEEDED = [22, 18];
const { versions, version, execPath } = process;
const [major = 0, minor = 0] = versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(`openapi-strict needs Node ${NEEDED.join('.')} or newer, and found ${version} at ${execPath}.`);
  process.exitCode = 2;
} else {
  module.enableCompileCache();
  await import('./main.ts');
}
