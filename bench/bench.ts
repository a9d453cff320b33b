import { writeFileSync } from 'node:fs';
import { missing } from './contenders.ts';
import { machine, versions } from './machine.ts';
import { HELP, type Options, type Part, readOptions, UsageError } from './options.ts';
import { keep } from './results.ts';
import { markdown, type Table } from './table.ts';

type Measure = (options: Options, say: (line: string) => void) => Promise<Table[]>;

const measures: Record<Part, () => Promise<Measure>> = {
  server: async () => (await import('./parts/server.ts')).server,
  petstore: async () => (await import('./parts/petstore.ts')).petstore,
  start: async () => (await import('./parts/start.ts')).start,
  scale: async () => (await import('./parts/scale.ts')).scale,
  client: async () => (await import('./parts/client.ts')).client,
  gen: async () => (await import('./parts/gen.ts')).gen,
  documents: async () => (await import('./parts/documents.ts')).documents,
  jobs: async () => (await import('./parts/jobs.ts')).jobs,
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === undefined) {
      process.stdout.write(HELP);
      return 0;
    }
    return await bench(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function bench(options: Options): Promise<number> {
  const advice = missing(options.parts);
  if (advice !== undefined) {
    console.error(advice);
    return 1;
  }
  const found = new Map<Part, readonly Table[]>();
  let failed = false;
  for (const part of options.parts) {
    console.error(`## ${part}`);
    const measure = await measures[part]();
    try {
      found.set(part, await measure(options, (line) => console.error(line)));
    } catch (error) {
      console.error(`${part} could not be measured: ${(error as Error).message}`);
      failed = true;
    }
    console.log((found.get(part) ?? []).map(markdown).join('\n'));
  }
  const on = { date: new Date().toISOString().slice(0, 10), machine: machine(), versions: versions() };
  if (options.json !== undefined) {
    const parts = Object.fromEntries(
      [...found].map(([part, tables]) => [part, tables.map(({ title, data }) => ({ title, data }))]),
    );
    writeFileSync(options.json, `${JSON.stringify({ ...on, options, parts }, null, 2)}\n`);
  }
  if (options.only.length === 0) {
    const line = `${on.date}; ${options.rounds} rounds of ${options.seconds} s. ${on.machine}.\n\n${on.versions}.`;
    keep(
      new Map(
        [...found]
          .filter(([, tables]) => tables.length > 0)
          .map(([part, tables]) => [part, `${line}\n\n${tables.map(markdown).join('\n')}`]),
      ),
    );
  }
  return failed ? 1 : 0;
}
