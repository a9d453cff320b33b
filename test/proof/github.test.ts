import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { GITHUB, lacksGitHub } from '../helpers/githubDocument.ts';
import { Workshop } from '../helpers/workshop.ts';

const shop = new Workshop();
afterAll(() => shop[Symbol.dispose]());

const here = test.skipIf(lacksGitHub());
here('everything is made of the document of GitHub; it type-checks, and is served and called', async () => {
  const seconds = async <T>(what: string, work: () => T | Promise<T>): Promise<T> => {
    const began = performance.now();
    const value = await work();
    console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return value;
  };

  const { code, said, complaints } = await seconds('generated', () => shop.gen(GITHUB, 'github'));
  expect([code, complaints]).toEqual([0, []]);
  const stubs = shop.files('github/server/operations').length - 2; // index.ts and handler.ts
  expect(stubs).toBeGreaterThan(1000);
  console.log(`${stubs} operations`);
  console.log(said.filter((line) => /^Left out|does no harm/.test(line)).join('\n'));

  writeFileSync(
    join(shop.root, 'consumer.ts'),
    `import { createClient } from './github/client/index.ts';
const client = createClient({ baseUrl: '' });
const issue = await client.issuesCreate({ owner: 'o', repo: 'r', title: 't', labels: ['bug'] });
export const number: number = issue.number;
// @ts-expect-error a repository is missing
await client.issuesGet({ owner: 'o', issue_number: 1 });
`,
  );
  const sources = shop.files().filter((file) => file.endsWith('.ts'));
  expect(await seconds('type-checked', () => shop.typeErrors(sources))).toEqual([]);

  const { client, handlers, stop } = await seconds('served', () =>
    shop.serve('github', { emojisGet: async () => ({ cat: 'https://example.com/cat.png' }) }),
  );
  try {
    expect(await client.emojisGet()).toEqual({ cat: 'https://example.com/cat.png' });
    // A stub answers 501.
    await expect(client.metaRoot()).rejects.toMatchObject({ status: 501 });
    // Requests that break the document do not reach the stub.
    const issue = { owner: 'o', repo: 'r', title: 't' };
    await expect(client.issuesCreate({ ...issue, labels: 'bug' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('/body/labels'),
    });
    await expect(client.issuesCreate({ ...issue, labels: ['bug'], milestone: null })).rejects.toMatchObject({
      status: 501,
    });
    await expect(client.issuesGet({ owner: 'o', repo: 'r', issue_number: 'x' })).rejects.toMatchObject({ status: 400 });
    await expect(client.issuesGet({ owner: 'o', repo: 'r', issue_number: 1 })).rejects.toMatchObject({ status: 501 });
    expect(Object.keys(handlers)).toHaveLength(stubs);
  } finally {
    stop();
  }
});
