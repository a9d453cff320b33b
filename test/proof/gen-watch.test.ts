import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gen } from '../../pipeline/gen/gen.ts';
import { watch } from '../../pipeline/gen/watch.ts';
import { Project } from '../fixtures/gen/project.ts';

describe('npm run gen -- --watch', () => {
  const project = new Project();
  const stop = new AbortController();
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const job = 'spec/components/schemas/job.yaml';
  afterAll(() => project[Symbol.dispose]());

  /** Resolves with what was said from now on, once a line of it fits. */
  async function until(line: RegExp): Promise<string[]> {
    const from = lines.length;
    while (!lines.slice(from).some((said) => line.test(said))) await new Promise((resolve) => setTimeout(resolve, 5));
    return lines.slice(from);
  }

  test('makes everything again after a save, shows a fault and that it is mended, and ends when told', async () => {
    const ended = watch([join(project.root, 'spec')], () => gen({ root: project.root, say }), say, stop.signal);
    await until(/^Wrote /);

    const changed = until(/^Wrote /);
    project.edit(job, 'description: The id of the job.', 'description: What the job is called.');
    expect((await changed).at(-1)).toMatch(/^Wrote generated\/openapi\.json, .*generated\/docs\/index\.html\. /);
    expect(project.read('generated/docs/index.html')).toContain('What the job is called.');

    const broken = until(/^Nothing was written/);
    project.edit(job, 'JobStatus:\n  type: string', 'JobStatus:\n  type: strong');
    expect((await broken).join('\n')).toMatch(/ {2}spec\/components\/schemas\/job\.yaml:\d+:\d+ struct: /);

    const mended = until(/^(Wrote|Nothing changed)/);
    project.edit(job, 'type: strong', 'type: string');
    expect((await mended).join('\n')).not.toContain('failed');

    stop.abort();
    expect(await ended).toBe(0);
  });
});
