import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../bench/documents.ts';
import { makeEnvironments, update } from '../../bench/environments.ts';
import { PARTS, readOptions, UsageError } from '../../bench/options.ts';
import { replaced } from '../../bench/results.ts';
import { median, percentile, ratio, spread } from '../../bench/stats.ts';
import { figure, judged, least, markdown, most } from '../../bench/table.ts';
import { createClient, waitForJob } from '../../client/index.ts';
import { startServer } from '../../server/index.ts';
import { temporaryFolder } from '../helpers/folder.ts';

describe("the benchmark's figures", () => {
  it.each([
    [[3, 1, 2], 2],
    [[10, 9, 1, 2], 5.5],
    [[7], 7],
    [[], Number.NaN],
  ])('the median of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

  it('sorts by number, not by text, and leaves what it was given as it was', () => {
    const values = [100, 9, 20];
    expect(median(values)).toBe(20);
    expect(values).toEqual([100, 9, 20]);
  });

  it('spread is how far values lie apart, as a share of their median', () => expect(spread([90, 100, 120])).toBe(0.3));

  it('a percentile is a value that was measured', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([percentile(hundred, 0.99), percentile(hundred, 0.5), percentile([5], 0.99)]).toEqual([99, 50, 5]);
  });

  it('a ratio is taken round by round, without rounds that one of both lost', () => {
    expect(ratio([10, 1, 30], [20, 2, 20])).toBe(0.5);
    expect(ratio([10, undefined, 30], [20, 2, undefined])).toBe(0.5);
    expect(ratio([undefined], [2])).toBeNaN();
  });

  it.each([
    [12345.6, '12,346'],
    [99.94, '99.9'],
    [1.234, '1.23'],
    [Number.NaN, '–'],
  ])('%d is shown as %s', (value, text) => expect(figure(value)).toBe(text));

  it('a goal is reached by what equals it, and missed by nothing that was not measured', () => {
    expect(judged(0.4, least(0.4))).toEqual(['≥ 0.4', 'met']);
    expect(judged(0.39, least(0.4))).toEqual(['≥ 0.4', '**missed**']);
    expect(judged(101, most(100, 'ms'))).toEqual(['≤ 100 ms', '**missed**']);
    expect(judged(Number.NaN, most(100, 'ms'))).toEqual(['≤ 100 ms', 'not measured']);
    expect(judged(1, undefined)).toEqual(['', '']);
  });
});

describe("the benchmark's tables", () => {
  it('are Markdown, figures to the right', () => {
    const table = {
      title: 'Rates',
      columns: ['', 'req/s'],
      rows: [
        ['a|b', '12'],
        ['c', '3,456'],
      ],
      notes: ['So.'],
      data: {},
    };
    expect(markdown(table).split('\n')).toEqual([
      '### Rates',
      '',
      '|      | req/s |',
      '|------|------:|',
      '| a\\|b |    12 |',
      '| c    | 3,456 |',
      '',
      'So.',
      '',
    ]);
  });

  it('take the place of those of the same part, and leave what a person wrote', () => {
    const kept = '# Figures\n\nSee.\n\n## server\n\nold\n\n## What holds it back\n\nSQLite.\n';
    const text = replaced(
      kept,
      new Map([
        ['server', 'new\n'],
        ['jobs', 'first\n'],
      ]),
    );
    expect(text).toBe(
      '# Figures\n\nSee.\n\n## server\n\nnew\n\n## What holds it back\n\nSQLite.\n\n## jobs\n\nfirst\n',
    );
  });
});

describe("the benchmark's options", () => {
  it('are all parts, unless parts are named', () => {
    expect(readOptions([])).toMatchObject({ parts: PARTS, only: [], json: undefined });
    expect(readOptions(['jobs', 'server', '--rounds', '5', '--only', 'Prism'])).toMatchObject({
      parts: ['server', 'jobs'],
      rounds: 5,
      only: ['Prism'],
    });
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['serve'], `bench has no part serve: it has ${PARTS.join(', ')}.`],
    [['--rounds', '0'], '--rounds is a whole number from 1 to 1,000, not 0.'],
    [['--seconds', '1.5'], '--seconds is a whole number from 1 to 1,000, not 1.5.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j is refused in one sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(sentence);
  });
});

describe("the benchmark's large documents", () => {
  it.each([10, 100, 1_000, 3_000])('have %d operations, each with an id and a place of its own', (count) => {
    const operations = Object.entries(documentOf(count).paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, value]) => {
        const id = (value as { operationId?: string }).operationId;
        return id === undefined ? [] : [{ id, place: `${method} ${path}` }];
      }),
    );
    expect(new Set(operations.map(({ id }) => id)).size).toBe(count);
    expect(new Set(operations.map(({ place }) => place)).size).toBe(count);
    expect(operations.some(({ id }) => id === 'UpdateBackendAuth')).toBe(true);
  });
});

describe("the benchmark's environments", () => {
  it('take the update that they are measured with', async () => {
    const database = join(temporaryFolder(), 'bench.sqlite');
    await makeEnvironments(database, 1);
    await using server = await startServer({ database });
    const answer = await fetch(`${server.url}/backend/app0/auth/env0`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(update),
    });
    const { jobId } = (await answer.json()) as { jobId: string };
    const client = createClient({ baseUrl: server.url });
    const job = { appId: 'app0', backendEnvironmentName: 'env0', jobId };
    expect(await waitForJob(client, job)).toMatchObject({ status: 'COMPLETED' });
  });
});
