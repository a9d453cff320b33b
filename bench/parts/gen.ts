import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
/** What `npm run gen` runs. */
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
  const github = join(ROOT, 'test/documents/node_modules/@octokit/openapi/generated/api.github.com.json');
  return [
    await ours(rounds, say),
    await beside('Another document: this API 1,000 operations large', thousand, wanted, Math.min(rounds, 2), say),
    await beside(`Another document: GitHub's, ${operationsOf(github)} operations`, github, wanted, LARGE_ROUNDS, say),
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
    // What tells gen that a document has not changed; it makes it again.
    for (const name of changed) rmSync(join(ROOT, `node_modules/.cache/gen-${name}`), { force: true });
    return (await run(OWN)).time;
  };
  // Elsewhere, since it would take this project's redocly.yaml for its own.
  const types = async (document: string) =>
    (await run(openapiTypescript.command(document, TEMP), undefined, { cwd: CONTENDERS })).time;
  for (let round = 1; round <= rounds; round += 1) {
    both.push(await own('openapi', 'admin'));
    api.push(await own('openapi'));
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
    return [figure(times), ...judged(times, most(2))];
  };
  return {
    title: 'This project: its documents linted, bundled, typed, with their reference pages',
    columns: ['', 'seconds', 'spread', 'ours ÷ it', 'goal', ''],
    rows: [
      row("ours, the API's document", api, ['', '', '']),
      row("openapi-typescript, the API's document", apiTypes, compared(api, apiTypes)),
      row("ours, the admin surface's too", both, ['', '', '']),
      row('openapi-typescript, both documents', bothTypes, compared(both, bothTypes)),
      row('ours, nothing changed', unchanged, ['', ...judged(median(unchanged) / 1000, most(0.5, 's'))]),
    ],
    data: { api, apiTypes, both, bothTypes, unchanged },
  };
}

async function beside(
  title: string,
  spec: string,
  all: readonly Tool[],
  rounds: number,
  say: (line: string) => void,
): Promise<Table> {
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
    const goal: Goal | undefined = name === openapiTypescript.name ? most(2) : undefined;
    const cells = [name, figure(median(done) / 1000), percent(spread(done))];
    return name === 'ours' ? [...cells, '', '', ''] : [...cells, figure(byTime), ...judged(byTime, goal)];
  });
  const columns = ['', 'seconds', 'spread', 'ours ÷ it', 'goal', ''];
  return { title, columns, rows, notes: [...new Set(failures)], data: Object.fromEntries(found) };
}
