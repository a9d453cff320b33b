import { writeFileSync } from 'node:fs';
import { missing } from './contenders.ts';
import { busyShare, machine, versions } from './machine.ts';
import { HELP, type Options, type Part, readOptions, UsageError } from './options.ts';
import { keep } from './results.ts';
import { markdown, type Table } from './table.ts';

/** `sofar` keeps what was found until then, for a part that takes long. */
type Measure = (options: Options, say: (line: string) => void, sofar: (tables: Table[]) => void) => Promise<Table[]>;

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
  const busy = await busyShare();
  const keepFound = () => {
    if (options.only.length === 0) keep(sectionsOf(found, options, busy));
  };
  let failed = false;
  for (const part of options.parts) {
    console.error(`## ${part}`);
    const measure = await measures[part]();
    try {
      const sofar = (tables: Table[]) => {
        found.set(part, tables);
        keepFound();
      };
      found.set(part, await measure(options, (line) => console.error(line), sofar));
    } catch (error) {
      console.error(`${part} could not be measured: ${(error as Error).message}`);
      failed = true;
    }
    console.log((found.get(part) ?? []).map(markdown).join('\n'));
  }
  if (options.json !== undefined) {
    const parts = Object.fromEntries(
      [...found].map(([part, tables]) => [part, tables.map(({ title, data }) => ({ title, data }))]),
    );
    writeFileSync(options.json, `${JSON.stringify({ ...circumstances(), options, parts }, null, 2)}\n`);
  }
  keepFound();
  return failed ? 1 : 0;
}

function circumstances(): { date: string; machine: string; versions: string } {
  return { date: new Date().toISOString().slice(0, 10), machine: machine(), versions: versions() };
}

/** The section of each part: its tables, under a line with the method, the machine and the CPU share of other work. */
function sectionsOf(
  found: ReadonlyMap<Part, readonly Table[]>,
  { rounds, seconds }: Options,
  busy: number,
): Map<string, string> {
  const { date, machine, versions } = circumstances();
  const share = `other work took ${Math.round(busy * 100)} % of the CPU${busy < 0.1 ? '' : ', so that seconds are too many'}`;
  const line = `${date}; ${rounds} rounds of ${seconds} s. ${machine}. When it began, ${share}.\n\n${versions}.`;
  return new Map(
    [...found]
      .filter(([, tables]) => tables.length > 0)
      .map(([part, tables]) => [part, `${line}\n\n${tables.map(markdown).join('\n')}`]),
  );
}
