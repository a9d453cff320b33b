import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addNotes, fixture } from '../../fixtures/gen/addNotes.ts';
import { Project, repository } from '../../fixtures/gen/project.ts';

// gen takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

describe('an operation added to the document', () => {
  const project = new Project();
  const before = project.snapshot();
  let result: Awaited<ReturnType<Project['gen']>>;
  beforeAll(async () => {
    addNotes(project);
    result = await project.gen();
  });
  afterAll(() => project[Symbol.dispose]());

  test('changes or makes these files and no other', () => {
    expect(result.text).toContain('Wrote ');
    const changed = [...project.snapshot()].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed.sort()).toEqual([
      'client/api.ts',
      'generated/admin/docs/index.html', // never there in a copy
      'generated/admin/docs/try.html',
      'generated/docs/index.html',
      'generated/enums.ts',
      'generated/handlers.ts',
      'generated/openapi.json',
      'generated/operations.ts',
      'generated/schema.ts',
      'server/operations/ListNotes.ts',
      'server/operations/index.ts',
    ]);
  });

  test('is in the types, the lists, the table and the page', () => {
    expect(project.read('generated/schema.ts')).toContain('get: operations["ListNotes"];');
    expect(project.read('generated/enums.ts')).toContain(
      "/** The color of a note. */\nexport const NoteColor = ['RED', 'GREEN'] as const;\n" +
        'export type NoteColor = (typeof NoteColor)[number];\n',
    );
    expect(project.read('generated/operations.ts')).toContain(`
  /** List the notes of an app */
  ListNotes: {
    method: 'GET',
    path: '/backend/{appId}/notes',
    pathParams: ['appId'],
    queryParams: ['color'],
    headerParams: [],
    body: 'none',
    status: 200,
  },
`);
    expect(project.read('generated/operations.ts')).not.toContain('Preflight');
    expect(project.read('generated/docs/index.html')).toContain('List the notes of an app');
  });

  test('has a handler that answers 501', async () => {
    expect(project.read('server/operations/index.ts')).toContain("import { ListNotes } from './ListNotes.ts';\n");
    const stub = await import(join(project.root, 'server/operations/ListNotes.ts'));
    await expect(stub.ListNotes()).rejects.toMatchObject({ status: 501 });
  });

  test('is the one of the guide', () => {
    const guide = readFileSync(join(repository, 'docs/adding-an-operation.md'), 'utf8');
    expect(fixture('notes.yaml')).toContain(/```yaml\n(parameters:.*?)```/s.exec(guide)?.[1]);
  });

  test('keeps its handler through later runs, also when the operation is gone, which is said', async () => {
    const mine = project.read('server/operations/ListNotes.ts').replace('throw', '// Mine.\n  throw');
    project.write('server/operations/ListNotes.ts', mine);
    project.edit('spec/openapi.yaml', '  /backend/{appId}/notes:\n    $ref: paths/notes.yaml\n', '');
    const { code, lines } = await project.gen();
    expect(code).toBe(0);
    expect(lines).toContain(
      'server/operations/ListNotes.ts: no operation of this name is left; delete it if it has no use.',
    );
    expect(project.read('server/operations/ListNotes.ts')).toBe(mine);
    expect(project.read('server/operations/index.ts')).not.toContain('ListNotes');
  });
});
