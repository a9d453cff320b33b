import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stampFile } from '../../pipeline/gen/stamp.ts';
import { DOCUMENT } from '../contenders.ts';
import { documentOf } from '../documents.ts';
import type { Options } from '../options.ts';
import { CONTENDERS, ROOT, run, TEMP } from '../processes.ts';
import { median, ratio, spread } from '../stats.ts';
import { figure, type Goal, judged, most, percent, type Table } from '../table.ts';

interface Tool {
  readonly name: string;
  /** The command that makes `out` anew; what an earlier run left is gone. */
  readonly command: (spec: string, out: string) => string[];
}

const tool = (path: string): string => join(CONTENDERS, 'node_modules', path);
const node = (...args: string[]): string[] => [process.execPath, ...args];

const openapiTypescript: Tool = {
  name: 'openapi-typescript',
  command: (spec, out) => node(tool('openapi-typescript/bin/cli.js'), spec, '--output', join(out, 'schema.ts')),
};
/** The command that `npm run gen` runs. */
const OWN = node('-r', './scripts/require-node.cjs', 'pipeline/command/main.ts', 'gen');
const tools: readonly Tool[] = [
  { name: 'ours', command: (spec, out) => [...OWN, '--spec', spec, '--out', out] },
  openapiTypescript,
  {
    name: 'hey-api',
    command: (spec, out) =>
      node(tool('@hey-api/openapi-ts/bin/run.js'), '-i', spec, '-o', out, '-c', '@hey-api/client-fetch'),
  },
  {
    name: 'orval',
    command: (spec, out) => node(tool('orval/dist/bin/orval.mjs'), '--input', spec, '--output', join(out, 'client.ts')),
  },
];

/** How many rounds of GitHub's document are worth their time. */
const LARGE_ROUNDS = 1;

export async function gen(options: Options, say: (line: string) => void): Promise<Table[]> {
  const { rounds, only } = options;
  const wanted = tools.filter(
    ({ name }) => name === 'ours' || only.length === 0 || only.some((part) => name.includes(part)),
  );
  const thousand = join(TEMP, 'thousand.json');
  writeFileSync(thousand, JSON.stringify(documentOf(1_000)));
  // A copy, of which an operation is changed.
  const github = join(TEMP, 'github.json');
  copyFileSync(join(ROOT, 'test/documents/node_modules/@octokit/openapi/generated/api.github.com.json'), github);
  return [
    await ours(rounds, say),
    await beside('Another document: this API 1,000 operations large', thousand, wanted, Math.min(rounds, 2), say),
    await beside(
      `Another document: GitHub's, ${operationsOf(github)} operations`,
      github,
      wanted,
      LARGE_ROUNDS,
      say,
      most(1.5),
    ),
  ];
}

const operationsOf = (file: string): number => {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, object> };
  const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
  return Object.values(paths).flatMap((item) => Object.keys(item).filter((key) => methods.has(key))).length;
};

/** gen of this project: the API's document, the admin surface's too, and when nothing changed. */
async function ours(rounds: number, say: (line: string) => void): Promise<Table> {
  const api: number[] = [];
  const apiTypes: number[] = [];
  const both: number[] = [];
  const bothTypes: number[] = [];
  const unchanged: number[] = [];
  const own = async (...changed: string[]) => {
    // Without this file, gen does not know that the document is unchanged. It writes the file again.
    for (const generated of changed) rmSync(join(ROOT, stampFile({ root: ROOT, generated })), { force: true });
    return (await run(OWN)).time;
  };
  // Elsewhere, since it would take this project's redocly.yaml for its own.
  const types = async (document: string) =>
    (await run(openapiTypescript.command(document, TEMP), undefined, { cwd: CONTENDERS })).time;
  for (let round = 1; round <= rounds; round += 1) {
    both.push(await own('generated', 'generated/admin'));
    api.push(await own('generated'));
    unchanged.push(await own());
    const alone = await types(DOCUMENT);
    apiTypes.push(alone);
    bothTypes.push(alone + (await types(join(ROOT, 'generated/admin/openapi.json'))));
    say(`${round}/${rounds} ours ${figure(api.at(-1) ?? 0)} ms, openapi-typescript ${figure(alone)} ms`);
  }
  const row = (name: string, found: number[], cells: string[]) => [
    name,
    figure(median(found) / 1000),
    percent(spread(found)),
    ...cells,
  ];
  const compared = (mine: number[], theirs: number[]) => {
    const times = ratio(mine, theirs);
    return [figure(times), ...judged(times, most(1.3))];
  };
  return {
    title: 'This project: its documents linted, bundled, typed, with their reference pages',
    columns: ['', 'seconds', 'spread', 'ours ÷ it', 'goal', ''],
    rows: [
      row("ours, the API's document", api, ['', '', '']),
      row("openapi-typescript, the API's document", apiTypes, compared(api, apiTypes)),
      row("ours, the admin surface's too", both, ['', '', '']),
      row('openapi-typescript, both documents', bothTypes, compared(both, bothTypes)),
      row('ours, nothing changed', unchanged, ['', ...judged(median(unchanged) / 1000, most(0.1, 's'))]),
    ],
    data: { api, apiTypes, both, bothTypes, unchanged },
  };
}

/** How long gen took when it was run again. */
interface Again {
  readonly changed: number[];
  readonly unchanged: number[];
}

/** Runs gen again as it ran before, and once more when the text of one operation has changed. */
async function oursAgain(spec: string, command: readonly string[], { changed, unchanged }: Again): Promise<void> {
  const before = readFileSync(spec, 'utf8');
  unchanged.push((await run(command)).time);
  const document = JSON.parse(before) as { paths: Record<string, Record<string, { description?: string }>> };
  const [operation] = Object.values(document.paths).flatMap(({ get, post }) => get ?? post ?? []);
  if (operation === undefined) throw new Error(`${spec} has no operation to change.`);
  operation.description = `${operation.description ?? ''} Changed.`;
  writeFileSync(spec, JSON.stringify(document));
  try {
    changed.push((await run(command)).time);
  } finally {
    writeFileSync(spec, before);
  }
}

async function beside(
  title: string,
  spec: string,
  all: readonly Tool[],
  rounds: number,
  say: (line: string) => void,
  goal?: Goal,
): Promise<Table> {
  const again: Again = { changed: [], unchanged: [] };
  const found = new Map<string, (number | undefined)[]>(all.map(({ name }) => [name, []]));
  const failures: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, command } of all) {
      // Within the project, since what gen makes needs both packages.
      const out = join(ROOT, 'node_modules/.cache', `bench-${name}`);
      rmSync(out, { recursive: true, force: true });
      try {
        const { time } = await run(command(spec, out), undefined, { cwd: name === 'ours' ? ROOT : CONTENDERS });
        found.get(name)?.push(time);
        say(`${round}/${rounds} ${name}: ${figure(time / 1000)} s`);
        if (name === 'ours') await oursAgain(spec, command(spec, out), again);
      } catch (error) {
        found.get(name)?.push(undefined);
        const [line = ''] = (error as Error).message.split('\n');
        say(`${round}/${rounds} ${(error as Error).message}`);
        failures.push(`${name} failed: ${line.slice(0, 200)}`);
      } finally {
        rmSync(out, { recursive: true, force: true });
      }
    }
  }
  const rows = [...found].map(([name, times]) => {
    const done = times.filter((time) => time !== undefined);
    const byTime = ratio(found.get('ours') ?? [], times);
    const cells = [name, figure(median(done) / 1000), percent(spread(done))];
    if (name === 'ours') return [...cells, '', '', ''];
    return [...cells, figure(byTime), ...judged(byTime, name === openapiTypescript.name ? goal : undefined)];
  });
  const share = ratio(again.changed, found.get('ours') ?? []);
  const seconds = (times: number[]) => [figure(median(times) / 1000), percent(spread(times))];
  rows.splice(
    1,
    0,
    [
      'ours, one operation changed ÷ its first run',
      ...seconds(again.changed),
      figure(share),
      ...judged(share, most(0.3)),
    ],
    [
      'ours, nothing changed',
      ...seconds(again.unchanged),
      '',
      ...judged(median(again.unchanged) / 1000, most(0.1, 's')),
    ],
  );
  const columns = ['', 'seconds', 'spread', 'ours ÷ it', 'goal', ''];
  return { title, columns, rows, notes: [...new Set(failures)], data: Object.fromEntries(found) };
}
