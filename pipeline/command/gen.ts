import { dirname, resolve } from 'node:path';
import { Option } from 'commander';
import { isURL } from '../gen/source/fetchText.ts';
import { type AddCommand, UsageError } from './program.ts';
import { makeRunnable } from './runnable.ts';

interface Given {
  readonly check?: true;
  readonly watch?: true;
  readonly missing?: true;
  readonly spec?: string;
  readonly out?: string;
  readonly only?: readonly string[];
  readonly exclude?: readonly string[];
  readonly report?: string;
  readonly strict?: true;
  readonly lenient?: true;
}

const AFTER = `
Writes only what changed, and nothing at all where a step fails. The documents are those of openapi-strict.config.ts.

Exit codes: 0 done, 1 something failed or differs, 2 wrong usage or a wrong document.

Examples:
  openapi-strict gen
  openapi-strict gen --check
  openapi-strict gen --spec petstore.yaml --out petstore`;

export const addGen: AddCommand = (program, done) => {
  program
    .command('gen')
    .summary('generate everything that follows from the document')
    .description('Generates types, handler stubs, the client and the reference page from the OpenAPI document.')
    .option('--check', 'write nothing, and fail naming each file that is out of date')
    .option('--watch', 'generate again after each change of the document')
    .option('--missing', 'make only what is not kept in git and is not there, such as the reference page')
    .option('--spec <file>', 'a document in place of those of the configuration: a file or a URL')
    .option('--out <folder>', 'the folder for everything that is made of --spec')
    .addOption(
      repeatable('--only <name>', 'make only these of --spec: a tag, an id, a path, METHOD and path; repeatable'),
    )
    .addOption(repeatable('--exclude <name>', 'leave these of --spec out, named as with --only; repeatable'))
    .option('--report <file>', 'write everything that was renamed, left out or is amiss, as JSON')
    .option('--strict', 'refuse a document of which anything is left out')
    .option('--lenient', 'leave out operations that are wrong, instead of refusing the document')
    .addHelpText('after', AFTER)
    .allowExcessArguments(false)
    .action(async (given: Given) => done(await run(given)));
};

const repeatable = (flags: string, text: string): Option =>
  new Option(flags, text).argParser((one: string, before: readonly string[] = []) => [...before, one]);

const say = (line: string): void => console.log(line);
const complain = (line: string): void => console.error(line);

async function run(given: Given): Promise<number> {
  refuse(given);
  const { watch, missing, spec, out, ...flags } = given;
  const root = process.cwd();
  // Imported only now. --missing runs before every start, and most often finds nothing to do.
  if (missing) {
    const { makeMissing } = await import('../gen/missing.ts');
    return (await makeMissing(root, complain)) ? 0 : 1;
  }
  const { gen } = await import('../gen/gen.ts');
  const once = async () => {
    const code = await gen({ root, spec, out, ...flags, say, complain });
    const hint = code === 0 && out !== undefined ? makeRunnable(out) : undefined;
    if (hint !== undefined) say(hint);
    return code;
  };
  if (!watch) return once();
  const { watch: watching } = await import('../gen/watch.ts');
  return watching(await foldersOf(root, spec), once, say);
}

function refuse({ check, watch, missing, spec, out, only, exclude, report, strict, lenient }: Given): void {
  if ((spec === undefined) !== (out === undefined)) throw new UsageError('--spec FILE and --out FOLDER go together.');
  if ((only || exclude) && spec === undefined)
    throw new UsageError('--only and --exclude go with --spec; `only` and `exclude` of the configuration do the same.');
  if (missing && (check || watch || spec || report || strict || lenient))
    throw new UsageError('--missing goes with no other option.');
  if (check && watch) throw new UsageError('--check and --watch do not go together.');
  if (check && spec)
    throw new UsageError('--check is about the documents of openapi-strict.config.ts, not about --spec.');
  if (watch && isURL(spec ?? '')) throw new UsageError('--watch needs a file: changes at a URL are not seen.');
}

/** The folders in which the documents lie. */
async function foldersOf(root: string, spec: string | undefined): Promise<string[]> {
  if (spec !== undefined) return [dirname(resolve(spec))];
  const { projectsAt } = await import('../gen/config.ts');
  const projects = await projectsAt(root);
  return [...new Set(projects.filter(({ spec }) => !isURL(spec)).map(({ spec }) => dirname(spec)))];
}
