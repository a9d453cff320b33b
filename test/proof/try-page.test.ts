import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answer, HttpError, type UploadedFile } from '../../pipeline/express/index.ts';
import { TRY_PAGE } from '../../pipeline/gen/steps/tryPage.ts';
import { isBuilt } from '../../scripts/built.ts';
import { buildTryPage } from '../../scripts/tryPage/build.ts';
import { TRY_PAGE as BUILT } from '../../scripts/tryPage/tryPage.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { root } from '../helpers/guides.ts';
import { serving } from '../helpers/serving.ts';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const json = (schema: object) => ({ 'application/json': { schema } });
const ok = { 200: { description: 'ok', content: json({}) } };
const parameter = (name: string, place: string, schema: object, more: object = {}) => ({
  name,
  in: place,
  schema,
  ...(place === 'path' && { required: true }),
  ...more,
});
const BOOK = {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string', minLength: 2 }, pages: { type: 'integer' }, isbn: { type: 'string' } },
};
const UPLOAD = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' }, note: { type: 'string' } },
};
const library = {
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  components: {
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer' },
      key: { type: 'apiKey', in: 'query', name: 'api_key' },
      login: { type: 'http', scheme: 'basic' },
    },
  },
  paths: {
    '/books': {
      get: {
        operationId: 'ListBooks',
        summary: 'List the books',
        tags: ['Books'],
        parameters: [
          parameter(
            'tag',
            'query',
            { type: 'array', items: { type: 'string' } },
            { style: 'pipeDelimited', explode: false },
          ),
          parameter(
            'filter',
            'query',
            { type: 'object', properties: { year: { type: 'integer' } } },
            { style: 'deepObject' },
          ),
        ],
        responses: ok,
      },
      post: {
        operationId: 'AddBook',
        tags: ['Books'],
        requestBody: { required: true, content: json(BOOK) },
        responses: {
          201: { description: 'added', headers: { Location: { schema: { type: 'string' } } }, content: json({}) },
        },
      },
    },
    '/books/{bookId}': {
      get: {
        operationId: 'GetBook',
        tags: ['Books'],
        security: [{ token: [] }, { key: [] }, { login: [] }],
        parameters: [parameter('bookId', 'path', { type: 'string' })],
        responses: ok,
      },
    },
    '/books/{bookId}/cover': {
      put: {
        operationId: 'PutCover',
        tags: ['Covers'],
        parameters: [parameter('bookId', 'path', { type: 'string' })],
        requestBody: { required: true, content: { 'multipart/form-data': { schema: UPLOAD } } },
        responses: ok,
      },
    },
  },
};

let browser: Browser | undefined;

beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), isBuilt(root, BUILT) || buildTryPage(root)]);
});
beforeEach(({ skip }) => skip(browser === undefined, 'no Chromium runs here'));
afterAll(async () => {
  await browser?.close();
});

/** Serves the library, and opens its page; answers that, what the page complained of, and what handlers were given. */
async function openLibrary(options: BrowserContextOptions = {}) {
  const who = async (credential: unknown) => {
    if (credential !== 'right' && Object(credential).password !== 'right') throw new HttpError(401, 'Not you.');
    return { credential };
  };
  const handlers = {
    AddBook: async () => answer(201, { added: true }, { headers: { Location: '/books/7' } }),
    PutCover: async ({ file, note }: { file: UploadedFile; note: string }) => ({
      name: file.name,
      bytes: (await file.arrayBuffer()).byteLength,
      note,
    }),
  };
  const served = await serving(library, handlers, {
    security: { token: who, key: who, login: who },
    pages: { tryIt: TRY_PAGE },
  });
  const complaints: string[] = [];
  const context = await (browser as Browser).newContext(options);
  context.on('request', (request) => {
    if (!request.url().startsWith(`${served.url}/`)) complaints.push(`asked another host: ${request.url()}`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4/.test(message.text())) complaints.push(message.text());
  });
  page.setDefaultTimeout(30_000);
  const open = async (id: string) => {
    await page.goto(`${served.url}/docs/try#${id}`);
    await page.getByRole('heading', { name: id, level: 1 }).waitFor();
  };
  return { page, open, served, complaints };
}

const send = (page: Page) => page.locator('.form-send').click();
const answered = async (page: Page): Promise<string> => {
  await page.locator('.form-answer').waitFor();
  return (await page.locator('.form-answer').textContent()) ?? '';
};

describe('the page on which operations are tried', () => {
  it('lists the operations by tag, filters them, and leads to the form of each', async () => {
    const { page, served, complaints } = await openLibrary();
    await page.goto(`${served.url}/docs/try`);
    await page.getByRole('heading', { name: 'Covers' }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter operations' }).fill('get book');
    await page.getByRole('heading', { name: 'Covers' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /GetBook/ }).click();
    await page.getByRole('heading', { name: 'GetBook', level: 1 }).waitFor();
    expect(await page.title()).toBe('GetBook · Library');
    expect(complaints).toEqual([]);
  });

  it('sends parameters in the styles that the document gives, and shows the answer', async () => {
    const { page, open, served, complaints } = await openLibrary();
    await open('ListBooks');
    await page.getByRole('group', { name: 'tag' }).getByRole('checkbox').check();
    await page.getByRole('group', { name: 'tag' }).getByRole('textbox').fill('old\nred & blue');
    await page.getByRole('group', { name: 'filter' }).getByRole('checkbox').check();
    await page.getByRole('group', { name: 'filter' }).getByRole('textbox').fill('1984');
    await send(page);
    expect(await answered(page)).toContain('200');
    expect(served.inputs.ListBooks).toEqual({ tag: ['old', 'red & blue'], filter: { year: 1984 } });
    expect(complaints).toEqual([]);
  });

  it('says at its field what is wrong before anything is sent, then sends, and shows status and headers', async () => {
    const { page, open, served, complaints } = await openLibrary();
    await open('AddBook');
    await page.getByLabel('title').fill('x');
    await page.getByLabel('pages').fill('many');
    await send(page);
    await page.getByText('title must have 2 characters or more.').waitFor();
    await page.getByText('pages must be an integer.').waitFor();
    expect(served.inputs.AddBook).toBeUndefined();
    await page.getByLabel('title').fill('Emma');
    await page.getByLabel('pages').fill('474');
    await send(page);
    expect(await answered(page)).toContain('201');
    await page.getByText('Headers', { exact: true }).click();
    await page.getByText('/books/7').waitFor();
    expect(served.inputs.AddBook).toEqual({ title: 'Emma', pages: 474 });
    expect(complaints).toEqual([]);
  });

  it('sends the file that was chosen', async () => {
    const { page, open, complaints } = await openLibrary();
    await open('PutCover');
    await page.getByLabel('bookId').fill('7');
    await page.getByLabel('file').setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer: Buffer.alloc(9) });
    await page.getByLabel('note').fill('front');
    await send(page);
    const text = await answered(page);
    for (const part of ['"cover.png"', '"bytes": 9', '"front"']) expect(text).toContain(part);
    expect(complaints).toEqual([]);
  });

  it('takes the credential of the request to copy from a variable', async () => {
    const { page, open, served } = await openLibrary();
    await open('GetBook');
    await page.getByLabel('bookId').fill('7');
    await page.getByText('Credentials', { exact: true }).click();
    await page.getByLabel(/^token/).fill('right');
    const command = await page.getByRole('tabpanel').locator('pre').textContent();
    expect(command).toContain('-H "Authorization: Bearer $TOKEN"');
    const { stdout } = await promisify(execFile)('sh', ['-c', `${command} -s`], {
      env: { ...process.env, TOKEN: 'right' },
    });
    expect([served.inputs.GetBook, JSON.parse(stdout)]).toEqual([{ bookId: '7' }, { bookId: '7' }]);
  });

  it.each([
    ['token', 'right'],
    ['key', 'right'],
    ['login', 'me:right'],
  ])('sends the credential of %s, and forgets it with the page', async (scheme, credential) => {
    const { page, open, complaints } = await openLibrary();
    await open('GetBook');
    await page.getByLabel('bookId').fill('7');
    await send(page);
    expect(await answered(page)).toContain('401');
    await page.getByText('Credentials', { exact: true }).click();
    await page.getByLabel(new RegExp(`^${scheme}`)).fill(credential);
    await send(page);
    await page.locator('.form-answer-ok').waitFor();
    await page.reload();
    await page.getByText('Credentials', { exact: true }).click();
    expect(await page.getByLabel(new RegExp(`^${scheme}`)).inputValue()).toBe('');
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
    expect(complaints).toEqual([]);
  });

  it('says that the server gave no answer, and works once it does', async () => {
    const { page, open } = await openLibrary();
    await open('ListBooks');
    await page.context().setOffline(true);
    await send(page);
    expect(await answered(page)).toMatch(/Failed/);
    await page.context().setOffline(false);
    await send(page);
    await page.locator('.form-answer-ok').waitFor();
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds, %s, wide or narrow', async (colorScheme) => {
    const { page, open } = await openLibrary({ colorScheme, bypassCSP: true });
    const faults: string[] = [];
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const id of ['ListBooks', 'AddBook', 'PutCover', 'GetBook']) {
        await open(id);
        await page.addScriptTag({ path: axeFile });
        const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
        faults.push(...violations.flatMap(({ id: rule, nodes }) => nodes.map(({ html }) => `${id}: ${rule}: ${html}`)));
        const inner = await page.evaluate(() => document.documentElement.scrollWidth);
        if (inner > width) faults.push(`${id}: is ${inner} px wide on ${width}`);
      }
    }
    expect(faults).toEqual([]);
    if (process.env.SCREENSHOTS) await photograph(page, `${process.env.SCREENSHOTS}/try-${colorScheme}`);
  });
});

/** An answered form, wide and narrow, for people to look at. */
async function photograph(page: Page, path: string): Promise<void> {
  await page.getByText('Credentials', { exact: true }).click();
  await page.getByLabel(/^token/).fill('right');
  await page.getByText('Credentials', { exact: true }).click();
  await page.getByLabel('bookId').fill('7');
  await send(page);
  await page.locator('.form-answer-ok').waitFor();
  await page.screenshot({ path: `${path}-narrow.png`, fullPage: true });
  await page.setViewportSize({ width: 1280, height: 722 });
  await page.screenshot({ path: `${path}.png` });
}
