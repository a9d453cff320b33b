import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const help = `npm run gen -- [--check | --missing]

Makes everything that follows from the document in spec/: generated/, client/api.ts, server/operations/index.ts, and a
stub for each operation that has no handler. Writes what changed, and nothing at all if a step fails.

  --check    write nothing; fail naming each committed file that is not what spec/ gives
  --missing  make only what git does not hold and is not there, the reference page; say nothing if nothing is missing
  --help     show this
`;

const flags = ['--check', '--missing', '--help'];

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !flags.includes(arg));
  if (unknown !== undefined) {
    console.error(`gen knows no ${unknown}: it takes ${flags.join(', ')} or nothing.`);
    return 2;
  }
  if (args.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const root = join(import.meta.dirname, '..');
  const say = (line: string) => console.log(line);
  // Imported only now: --missing has to be done before anyone notices, and most often finds nothing to do.
  if (args.includes('--missing')) {
    const { makeMissing } = await import('./gen/missing.ts');
    return (await makeMissing(root, say)) ? 0 : 1;
  }
  enableCompileCache();
  const { gen } = await import('./gen/run.ts');
  return (await gen({ root, check: args.includes('--check'), say })) ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
