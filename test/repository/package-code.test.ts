import { expect, it } from 'vitest';
import { modulesIn } from '../../scripts/packages/compile.ts';

it.each([
  ["import { a } from 'one';", ['one']],
  ["export * from 'one';\nimport 'two';", ['one', 'two']],
  ["const a = await import('one');", ['one']],
  ['const a = require("one");', ['one']],
  ['const { a } = require$1("one");', ['one']],
  ["const path = createRequire(import.meta.url).resolve('one');", ['one']],
  ["/**\n * import a from 'one'\n */\nimport b from 'two';", ['two']],
])('a package depends on what its code loads, and not on what a comment names: %s', (code, expected) => {
  expect(modulesIn(code, false)).toEqual(expected);
});
