import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { addNotes } from '../fixtures/gen/addNotes.ts';
import { Project, repository } from '../fixtures/gen/project.ts';
import { Workshop } from '../helpers/workshop.ts';

/** Compiles if the clients have the methods, with the types of their documents. */
const consumer = `import { createClient as across } from './across/client/index.ts';
import { createClient as nullable } from './nullable/client/index.ts';
import { createClient as petstore, ApiException } from './petstore/client/index.ts';
import { createClient as shapes } from './shapes/client/index.ts';
import { oddValues } from './shapes/generated/enums.ts';
import type { Input } from './shapes/server/operations/handler.ts';

const baseUrl = 'http://localhost';
export const pets: { id: number; name: string; tag?: string }[] = await petstore({ baseUrl }).listPets({ limit: 3 });
// @ts-expect-error a name is missing
await petstore({ baseUrl }).createPets({ id: 1 });
export const text: string | undefined = (await across({ baseUrl }).getNote({ noteId: 1 })).text;
export const name: 'a' | null | undefined = (await nullable({ baseUrl }).getThings({ limit: 1, session: 's' })).name;
// @ts-expect-error the session is required
await nullable({ baseUrl }).getThings({ limit: 1 });
const shape = await shapes({ baseUrl }).addShape({ body: { kind: 'circle', radius: 1 } });
export const size: number = shape.kind === 'circle' ? shape.radius : shape.side;
export const given: Input<'addShape'>['body']['kind'] = shape.kind;
export const odd: 'a' | 'b' = oddValues[0];
export const isNumber = (error: unknown) => error instanceof ApiException && error.status === 404;
`;

/** A program that compiles if the client and the lists have the operation. */
const notes = `import { createClient } from './client/index.ts';
import { NoteColor } from './generated/enums.ts';


const { notes } = await createClient({ baseUrl: 'http://localhost' }).listNotes({ appId: 'a', color: NoteColor[0] });
export const colors: (NoteColor | undefined)[] = notes.map(({ text, color }) => (text === '' ? 'RED' : color));

// @ts-expect-error a color that the contract doesn't have
await createClient({ baseUrl: 'http://localhost' }).listNotes({ appId: 'a', color: 'BLUE' });
`;

test('all that is generated of the fixtures type-checks, and so does what uses it', async () => {
  using shop = new Workshop();
  const fixtures = join(repository, 'test/fixtures/documents');
  for (const file of readdirSync(fixtures).filter((name) => /\.(yaml|json)$/.test(name))) {
    const { code, complaints } = await shop.gen(join(fixtures, file), file.replace(/\..*/, ''));
    expect([file, code, complaints]).toEqual([file, 0, []]);
  }
  shop.write('consumer.ts', consumer);
  expect(shop.typeErrors(shop.files().filter((file) => file.endsWith('.ts')))).toEqual([]);
});

test('an operation added to the document type-checks, with the handler of the guide, in the server and in a program that calls it', async () => {
  using project = new Project();
  addNotes(project);
  expect(await project.gen()).toMatchObject({ code: 0 });
  const guide = readFileSync(join(repository, 'docs/adding-an-operation.md'), 'utf8');
  project.write('server/operations/ListNotes.ts', /```ts\n(.*?)```/s.exec(guide)?.[1] ?? '');
  project.write('consumer.ts', notes);
  const include = ['client', 'generated', 'server/operations', 'consumer.ts'];
  project.write('tsconfig.copy.json', JSON.stringify({ extends: './tsconfig.json', include }));
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.copy.json'], {
    cwd: project.root,
  }).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});
