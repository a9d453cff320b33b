// Plain old JavaScript, so that any Node can run it and say what is missing instead of crashing on a .ts file.
// Usually the pinned runtime in node_modules runs this; where npm has none for the machine, it is the machine's own Node.
'use strict';
var needed = 24;
if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    'This needs Node ' +
      needed +
      ' or newer, and found ' +
      process.version +
      ' at ' +
      process.execPath +
      '. ' +
      'The runtime that npm ci installs fits Linux with glibc, macOS and Windows; elsewhere install Node ' +
      needed +
      ' or newer.',
  );
  process.exit(1);
}
// Loaded with --require, it saves Node compiling the same files at each start.
var module_ = require('node:module');
if (module_.enableCompileCache) module_.enableCompileCache();
