import { enableCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const help = `npm run gen -- [--check | --missing | --watch]
npm run gen -- --spec FILE --out FOLDER [--watch]

Makes everything that follows from the document in spec/: generated/, client/api.ts, server/operations/index.ts, and a
stub for each operation that has no handler. Writes what changed, and nothing at all if a step fails.

  --check       write nothing; fail naming each committed file that is not what spec/ gives
  --missing     make only what git does not hold and is not there, the reference page; say nothing if nothing is missing
  --watch       do it again after each change of the document
  --spec FILE   take another document, of OpenAPI 3.0 or 3.1, in YAML or JSON
  --out FOLDER  where all that follows from that one goes
  --help        show this
`;

const options = {
  check: { type: 'boolean' },
  missing: { type: 'boolean' },
  watch: { type: 'boolean' },
  spec: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const say = (line: string) => console.log(line);
const complain = (line: string) => console.error(line);

async function main(args: string[]): Promise<number> {
  const given = read(args);
  if (typeof given === 'string') {
    complain(given);
    return 2;
  }
  if (given.help) {
    process.stdout.write(help);
    return 0;
  }
  const root = join(import.meta.dirname, '../..');
  // Imported only now: --missing has to be done before anyone notices, and most often finds nothing to do.
  if (given.missing) {
    const { makeMissing } = await import('../gen/missing.ts');
    return (await makeMissing(root, say)) ? 0 : 1;
  }
  enableCompileCache();
  const { spec, out, check = false } = given;
  if (spec !== undefined && out !== undefined) {
    const { genForeign } = await import('../gen/foreign/run.ts');
    const run = () => genForeign({ spec, out, say, complain });
    return given.watch ? watching(dirname(spec), run) : run();
  }
  const { gen } = await import('../gen/run.ts');
  const run = async () => ((await gen({ root, check, say })) ? 0 : 1);
  return given.watch ? watching(join(root, 'spec'), run) : run();
}

async function watching(folder: string, run: () => Promise<number>): Promise<number> {
  const { watch } = await import('../gen/watch.ts');
  return watch(folder, run, say);
}

/** What is asked for, or what is wrong with it. */
function read(args: string[]) {
  const names = Object.keys(options).map((name) => `--${name}`);
  const unknown = args.find((arg) => arg.startsWith('-') && !names.includes(arg.replace(/=.*/, '')));
  if (unknown !== undefined) return `gen knows no ${unknown}: it takes ${names.join(', ')} or nothing.`;
  try {
    const { values } = parseArgs({ args, options });
    if ((values.spec === undefined) !== (values.out === undefined)) return '--spec FILE and --out FOLDER go together.';
    const alone = (['check', 'missing'] as const).find((name) => values[name]);
    if (alone && (values.spec !== undefined || values.watch)) return `--${alone} goes with no other flag.`;
    return values;
  } catch (error) {
    return (error as Error).message.replace(/\n.*/s, '');
  }
}

process.exitCode = await main(process.argv.slice(2));
