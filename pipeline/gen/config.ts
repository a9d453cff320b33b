import { existsSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClientConfig } from './client/module.ts';
import { StepFailed } from './problems.ts';
import { isURL } from './source/fetchText.ts';

/** A document, and where its products go. Paths are relative to the folder of the configuration. */
export interface DocumentConfig {
  /** The root file of the document, or a URL. */
  readonly spec: string;
  /** The folder for types, tables and the bundle. @default generated */
  readonly generated?: string;
  /** The folder with a handler for each operation. @default server/operations */
  readonly handlers?: string;
  /** The generated module of the client. @default client/index.ts */
  readonly client?: string;
  /** Pages, protocol and credentials of the client. */
  readonly clientOptions?: ClientConfig;
  /** The folder that gets `main.ts` and `security.ts` once; `false` for none. @default server */
  readonly server?: string | false;
  /** A Redocly configuration: rules that the document must meet, and the look of the reference page. */
  readonly redocly?: string;
  /** The name under which the Redocly configuration knows this document (`apis`). */
  readonly api?: string;
  /** Whether to make the reference page. @default true */
  readonly page?: boolean;
  /** The address that `Try it` of each operation leads to, with `{operationId}` in it. @default no such link */
  readonly tryIt?: string;
  /** Whether declared OPTIONS operations have handlers. Where they have none, CORS answers them. @default true */
  readonly handleOptions?: boolean;
  /** Response headers that the server's protocol sets, not handlers. */
  readonly protocolHeaders?: readonly string[];
  /** The response header whose constant value names an error on the wire: `errors.ts` then lists all of them. */
  readonly errorHeader?: string;
}

export interface Config {
  readonly documents: readonly DocumentConfig[];
}

/** The configuration of a project, for the default export of `openapi-strict.config.ts`. */
export const defineConfig = (config: Config): Config => config;

/** A document with all that gen has to know of it. */
export interface Project extends Omit<Required<DocumentConfig>, 'redocly' | 'api' | 'errorHeader' | 'page' | 'tryIt'> {
  /** The folder in which everything is written. */
  readonly root: string;
  /** The folder that places in messages are relative to. */
  readonly base: string;
  /** The document as it is called in messages. */
  readonly title: string;
  readonly page: boolean;
  readonly tryIt: string | undefined;
  readonly redocly: string | undefined;
  readonly api: string | undefined;
  readonly errorHeader: string | undefined;
  /** The configuration itself, part of what decides whether anything changed. */
  readonly configFile: string | undefined;
}

const names = ['ts', 'mts', 'js', 'mjs'].map((extension) => `openapi-strict.config.${extension}`);

export const configFileIn = (root: string): string | undefined =>
  names.map((name) => join(root, name)).find((file) => existsSync(file));

/** The documents that a project's configuration names. */
export async function projectsAt(root: string): Promise<Project[]> {
  const file = configFileIn(root);
  if (file === undefined) {
    throw new StepFailed(`There is no ${names[0]} in ${root}. \`openapi-strict init FILE\` writes one.`);
  }
  const { documents } = await load(file);
  if (!Array.isArray(documents) || documents.length === 0) {
    throw new StepFailed([
      { place: `${basename(file)}:`, message: 'It must name at least one document in `documents`.' },
    ]);
  }
  return documents.map((document) => {
    if (typeof document?.spec !== 'string') {
      throw new StepFailed([
        { place: `${basename(file)}:`, message: 'Each document needs a `spec`: a file or a URL.' },
      ]);
    }
    return projectOf(document, { root, base: root, configFile: file });
  });
}

async function load(file: string): Promise<Config> {
  try {
    // The time has a changed file loaded again where one process lives on, as with --watch.
    const url = `${pathToFileURL(file).href}?${statSync(file).mtimeMs}`;
    return ((await import(url)) as { default?: Config }).default ?? { documents: [] };
  } catch (error) {
    const [first] = (error as Error).message.split('\n');
    throw new StepFailed([{ place: `${basename(file)}:`, message: `It can not be loaded: ${first}` }]);
  }
}

/** A document that no configuration names, with everything in one folder. */
export const projectFor = (spec: string, out: string): Project =>
  projectOf({ spec }, { root: resolve(out), base: process.cwd(), configFile: undefined });

function projectOf(config: DocumentConfig, place: Pick<Project, 'root' | 'base' | 'configFile'>): Project {
  const { spec, redocly, generated = 'generated', handlers = 'server/operations', client = 'client/index.ts' } = config;
  return {
    ...place,
    spec: isURL(spec) || isAbsolute(spec) ? spec : resolve(place.base, spec),
    title: spec,
    generated,
    handlers,
    client,
    clientOptions: config.clientOptions ?? {},
    server: config.server ?? 'server',
    page: config.page ?? true,
    tryIt: config.tryIt,
    protocolHeaders: (config.protocolHeaders ?? []).map((name) => name.toLowerCase()),
    handleOptions: config.handleOptions ?? true,
    redocly: redocly === undefined ? undefined : resolve(place.root, redocly),
    api: config.api,
    errorHeader: config.errorHeader,
  };
}
