import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// Loaded with --import: writes to the file LOADED, when the process ends, the modules that it has loaded.
const loaded = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => {
  const builtin = process.moduleLoadList.map((name) => name.replace('NativeModule ', 'node:'));
  writeFileSync(process.env.LOADED ?? '', [...loaded, ...builtin].join('\n'));
});
