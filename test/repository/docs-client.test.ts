import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { titlesOf } from '../helpers/titles.ts';

test('each fault that docs/client.md tells of has a test of its name, and each test a line', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/client.md'), 'utf8');
  const [, table = ''] = page.split('| fault | the caller sees |\n|---|---|\n');
  const rows = table.split('\n\n', 1)[0]?.split('\n') ?? [];
  const faults = rows.map((row) => row.split(' | ', 1)[0]?.replace('| ', ''));
  expect(faults.length).toBeGreaterThanOrEqual(20);
  const titles = titlesOf('test/pipeline/fetch/faults.test.ts').filter((title) => !/^(a fault |…)/.test(title));
  expect(titles.sort()).toEqual(faults.sort());
});
