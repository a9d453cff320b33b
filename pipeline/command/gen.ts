import { enableCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const help = `npm run gen -- [--check | --missing | --watch]
npm run gen -- --spec FILE --out FOLDER [--watch]

Makes everything that follows from the documents in openapi-strict.config.ts: types, the bundle, the client, the table of
handlers, and a stub for each operation that has no handler. Writes what changed, and nothing at all if a step fails.

  --check        write nothing; fail naming each committed file that is not what the documents give
  --missing      make only the reference pages, which git does not hold, and say nothing if they are there
  --watch        do it again after each change of a document
  --spec SOURCE  take another document, of OpenAPI 3.0, 3.1 or 3.2: a file of YAML or JSON, or a URL
  --out FOLDER   where everything that follows from that one goes
  --report FILE  write everything that was renamed or left out to a file, as JSON
  --strict       refuse a document of which anything is left out
  --lenient      leave out operations that are wrong, instead of refusing the document
  --help         show this

Exit codes: 0 all is well, 1 something else is wrong or --check found a difference, 2 a document or an argument is wrong.
`;

const flag = { type: 'boolean' } as const;
const text = { type: 'string' } as const;
const options = {
  check: flag,
  missing: flag,
  watch: flag,
  spec: text,
  out: text,
  report: text,
  strict: flag,
  lenient: flag,
  help: flag,
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
  // Imported only now: --missing must not slow down every start and every test.
  if (given.missing) {
    const { makeMissing } = await import('../gen/missing.ts');
    return (await makeMissing(root, say)) ? 0 : 1;
  }
  enableCompileCache();
  const { gen } = await import('../gen/gen.ts');
  const { help: _help, missing: _missing, watch: watches, ...rest } = given;
  const run = () => gen({ root, ...rest, say, ...(given.spec !== undefined && { complain }) });
  if (!watches) return run();
  const { watch } = await import('../gen/watch.ts');
  return watch(given.spec === undefined ? join(root, 'spec') : dirname(given.spec), run, say);
}

/** The options, or what is wrong with them. */
function read(args: string[]) {
  const names = Object.keys(options).map((name) => `--${name}`);
  const unknown = args.find((arg) => arg.startsWith('-') && !names.includes(arg.replace(/=.*/, '')));
  if (unknown !== undefined) return `There is no option ${unknown}. The options are ${names.join(', ')}.`;
  try {
    const { values } = parseArgs({ args, options });
    if ((values.spec === undefined) !== (values.out === undefined)) return '--spec FILE and --out FOLDER go together.';
    const alone = (['check', 'missing'] as const).find((name) => values[name]);
    if (alone && (values.spec !== undefined || values.watch))
      return `--${alone} can't be combined with --spec or --watch.`;
    return values;
  } catch (error) {
    return (error as Error).message.replace(/\n.*/s, '');
  }
}

process.exitCode = await main(process.argv.slice(2));
