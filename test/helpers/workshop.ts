import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { Document } from '../../pipeline/document/types.ts';
import { createApp } from '../../pipeline/express/index.ts';
import { gen } from '../../pipeline/gen/gen.ts';

type OperationTable = Readonly<Record<string, { readonly path: string; readonly pathParams: readonly string[] }>>;

const repository = join(import.meta.dirname, '../..');

/** A project outside the repository, which has its packages and TypeScript's settings, and a folder for each document. */
export class Workshop implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'workshop-'));

  constructor() {
    mkdirSync(join(this.root, 'node_modules'));
    for (const name of ['openapi-strict-express', 'openapi-strict-fetch']) {
      symlinkSync(join(repository, 'node_modules', name), join(this.root, 'node_modules', name));
    }
    this.write('package.json', '{ "type": "module" }');
  }

  write(path: string, text: string): string {
    mkdirSync(join(this.root, path, '..'), { recursive: true });
    writeFileSync(join(this.root, path), text);
    return join(this.root, path);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** All files in here but the packages, by path. */
  files(folder = '.'): string[] {
    return readdirSync(join(this.root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .sort();
  }

  /** Runs gen into a folder of this name; its output, its complaints and its exit code. */
  async gen(
    spec: string,
    name: string,
    {
      clientOptions,
      ...options
    }: {
      page?: boolean;
      lenient?: boolean;
      strict?: boolean;
      report?: string;
      only?: string[];
      clientOptions?: object;
    } = {},
  ): Promise<{ code: number; said: string[]; complaints: string[] }> {
    const [said, complaints]: [string[], string[]] = [[], []];
    const say = (line: string) => said.push(line);
    const complain = (line: string) => complaints.push(line);
    const documents = [{ spec, clientOptions, page: false }];
    if (clientOptions) {
      this.write(`${name}/openapi-strict.config.ts`, `export default ${JSON.stringify({ documents })};`);
    }
    const code = await gen({
      ...(clientOptions ? { root: join(this.root, name) } : { root: this.root, spec, out: join(this.root, name) }),
      page: false,
      ...options,
      say,
      complain,
    });
    return { code, said, complaints };
  }

  /** TypeScript's complaints about the files, all in one program. */
  typeErrors(paths: readonly string[], more: Record<string, unknown> = {}): string[] {
    const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, ...more }, repository);
    const typeRoots = [join(repository, 'node_modules/@types')];
    const program = ts.createProgram(
      paths.map((path) => join(this.root, path)),
      { ...options, typeRoots },
    );
    const host = { getCanonicalFileName: String, getCurrentDirectory: () => this.root, getNewLine: () => '\n' };
    return ts.getPreEmitDiagnostics(program).map((diagnostic) => ts.formatDiagnostic(diagnostic, host).trim());
  }

  /** Serves what was generated, with its stubs but for what is written here, and a client that calls it. */
  async serve(name: string, written: object = {}): Promise<Served> {
    const load = (path: string) => import(pathToFileURL(join(this.root, name, path)).href);
    const document = JSON.parse(this.read(`${name}/generated/openapi.json`)) as Document;
    const { operations } = (await load('generated/operations.ts')) as { operations: OperationTable };
    const handlers = { ...(await load('server/operations/index.ts')).handlers, ...written };
    const { createClient } = await load('client/index.ts');
    const server = createServer(createApp({ document, handlers })).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, operations, handlers, client: createClient({ baseUrl: url }), stop: () => server.close() };
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export interface Served {
  readonly url: string;
  readonly operations: OperationTable;
  // biome-ignore lint/suspicious/noExplicitAny: it was generated a moment ago
  readonly handlers: any;
  // biome-ignore lint/suspicious/noExplicitAny: it was generated a moment ago
  readonly client: any;
  readonly stop: () => void;
}
