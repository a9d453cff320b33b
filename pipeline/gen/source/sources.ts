import {
  BaseResolver,
  bundle,
  type Config,
  getLineColLocation,
  getTypes,
  lintDocument,
  type NormalizedProblem,
  normalizeTypes,
  type Document as Parsed,
  resolveDocument,
  Source,
  SpecVersion,
  type StyleguideConfig,
} from '@redocly/openapi-core';
import { isObject, pointerTo } from '../../document/references.ts';
import type { Project } from '../config.ts';
import { type Problem, StepFailed } from '../step.ts';
import { outOfBounds } from './bounds.ts';
import { dropDeadMappings } from './deadMappings.ts';
import { isURL } from './fetchText.ts';
import { hideInherited, showInherited } from './inherited.ts';
import { spellOutOwnReferences } from './ownReferences.ts';
import { nameOf, parse } from './parse.ts';
import { queryTemplatesIn, readQueryTemplates } from './queryTemplates.ts';
import { nameAt, referencesIn, type Written } from './references.ts';
import { repair } from './repairs.ts';
import { undefinedSchemes } from './schemes.ts';
import type { Snapshot } from './snapshot.ts';

/** A reference as it was written, and where. */
export interface Place extends Written {
  readonly source: Source;
}

/**
 * A document of one file or many, read and bundled in process by the library that openapi-typescript brings. Redocly's
 * command would do it too, but takes a quarter of a second to start.
 */
export class Sources {
  readonly #folder: string;
  readonly #resolver: SnapshotResolver;
  readonly #config: StyleguideConfig;
  readonly #root: Parsed;
  readonly #mends: boolean;
  /** The faults that were mended in the files as they were read. */
  readonly mended: Problem[];

  private constructor(folder: string, config: StyleguideConfig, root: Parsed, snapshot: Snapshot, mends: boolean) {
    this.#folder = folder;
    const is30 = isObject(root.parsed) && String(root.parsed.openapi).startsWith('3.0');
    const mend = (parsed: unknown) => (mends ? repair(parsed, is30) : []);
    this.mended = [...mend(root.parsed), ...(mends ? readQueryTemplates(root.parsed) : [])];
    this.#resolver = new SnapshotResolver(snapshot, root.source.absoluteRef, (parsed) =>
      this.mended.push(...mend(parsed)),
    );
    this.#config = config;
    this.#root = root;
    this.#mends = mends;
    hideInherited(root.parsed);
  }

  /** Reads the root file. One that can't be read, or is neither YAML nor JSON, fails with its place. */
  static async open(project: Project, config: StyleguideConfig, snapshot: Snapshot): Promise<Sources> {
    const root = await parse(project.spec, nameOf(project.spec, project.base), snapshot);
    spellOutMappings(root.parsed);
    spellOutOwnReferences(root.parsed);
    // Projects with lint rules of their own want violations reported, not repaired.
    const mends = project.redocly === undefined;
    const sources = new Sources(project.base, config, root, snapshot, mends);
    if (mends) {
      const read = (source: string) => snapshot.read(source);
      sources.mended.push(...(await dropDeadMappings(root.parsed, root.source.absoluteRef, read)));
    }
    return sources;
  }

  /** The root file's content. */
  get parsed(): unknown {
    return this.#root.parsed;
  }

  /** The document as it was written, once all that has to be done to it is done. */
  take(): unknown {
    showInherited(this.#root.parsed);
    return this.#root.parsed;
  }

  /** The files that were read beside the root, once there is a bundle. */
  get files(): string[] {
    return [...new Set([this.#root.source.absoluteRef, ...this.#resolver.getFiles()])];
  }

  /** The violations of the rules, with their places. */
  async check(): Promise<Problem[]> {
    const problems = await this.#saying(
      lintDocument({
        document: this.#root,
        config: this.#config,
        externalRefResolver: this.#resolver,
      }),
    );
    return [...problems.map((problem) => this.#tell(problem)), ...(this.#mends ? [] : this.#queryTemplates())];
  }

  /** Redocly takes the query for a part of the path, and has nothing against a parameter of the path in it. */
  #queryTemplates(): Problem[] {
    const placeOf = (pointer: string) => this.placeOf(pointer);
    return queryTemplatesIn(this.#root.parsed).map((problem) => ({
      ...problem,
      get place() {
        return placeOf(problem.pointer);
      },
    }));
  }

  /** Security schemes that are required and missing; of a document in several files, once there is a bundle. */
  undefinedSchemes(): Problem[] {
    const placeOf = (pointer: string) => this.placeOf(pointer);
    const isOne = this.files.length === 1;
    return undefinedSchemes(this.#root.parsed).map(({ written, ...problem }) => ({
      ...problem,
      get place() {
        return isOne ? placeOf(written) : `${written}:`;
      },
    }));
  }

  /** Brings all files into one. Answers what went wrong, components that had to be renamed among it. */
  async bundle(): Promise<Problem[]> {
    const { problems } = await this.#saying(
      bundle({
        doc: this.#root,
        config: { styleguide: this.#config } as Config,
        externalRefResolver: this.#resolver,
      }),
    );
    return problems.map((problem) => this.#tell(problem));
  }

  /** References in a circle are thrown, without a place. */
  async #saying<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('Self-referencing')) throw error;
      const place = nameOf(this.#root.source.absoluteRef, this.#folder);
      throw new StepFailed([{ place: `${place}:`, message: 'A reference leads back to itself.' }]);
    }
  }

  /**
   * Components that bear another name than they have in their file, because one of that name and another content was
   * there first: `file_Name` for `Name`.
   */
  renamed(before: readonly Place[]): Problem[] {
    const { components = {} } = this.#root.parsed as { components?: Record<string, Record<string, unknown>> };
    const names = new Set(before.map(({ ref }) => nameAt(ref)));
    const added = Object.values(components).flatMap((section) => Object.keys(section));
    return added.flatMap((name) => {
      const [, file, own] = /^(.+?)_(.+)$/.exec(name) ?? [];
      if (names.has(name) || !own || !names.has(own)) return [];
      const at = before.find(({ ref }) => nameAt(ref) === own && ref.includes(`${file}.`));
      const message = 'Two schemas are referenced with the same name but different content.';
      return [at ? this.#tell({ ruleId: 'bundle', message, location: [at] }) : { message: `${message} (${own})` }];
    });
  }

  /** The references of all files that were read, as they were written: to be asked for before there is a bundle. */
  async places(): Promise<Place[]> {
    await resolveDocument({
      rootDocument: this.#root,
      rootType: normalizeTypes(getTypes(SpecVersion.OAS3_1), {}).Root as never,
      externalRefResolver: this.#resolver,
    });
    const documents = [this.#root, ...(await Promise.all(this.#resolver.cache.values()))];
    return documents.flatMap((document) => {
      if (!('parsed' in document)) return [];
      return referencesIn(document.parsed).map((written) => ({ ...written, source: document.source }));
    });
  }

  /** Where the root file has a member, such as `#/openapi`. */
  placeOf(pointer: string): string {
    const { start } = getLineColLocation({ source: this.#root.source, pointer, reportOnKey: true });
    return `${nameOf(this.#root.source.absoluteRef, this.#folder)}:${start.line}:${start.col}`;
  }

  #tell({ ruleId, message, location: [at] }: Pick<NormalizedProblem, 'ruleId' | 'message' | 'location'>): Problem {
    if (!at) return { rule: ruleId, message };
    const folder = this.#folder;
    return {
      rule: ruleId,
      message: message.startsWith(UNRESOLVED) ? message.replace(UNRESOLVED, `${UNRESOLVED} ${refAt(at)}`) : message,
      ...(at.pointer !== undefined && { pointer: at.pointer, file: at.source.absoluteRef }),
      // Looked for when it is asked for: in a large document that takes seconds.
      get place() {
        const { start } = getLineColLocation(at);
        return `${nameOf(at.source.absoluteRef, folder)}:${start.line}:${start.col}`;
      },
    };
  }
}

/** A discriminator may name a schema by the bare name of its component. The checks know references alone. */
function spellOutMappings(root: unknown): void {
  const schemas =
    isObject(root) && isObject(root.components) && isObject(root.components.schemas) ? root.components.schemas : {};
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (isObject(node) && isObject(node.discriminator) && isObject(node.discriminator.mapping)) {
      const { mapping } = node.discriminator;
      for (const [value, target] of Object.entries(mapping)) {
        if (typeof target === 'string' && Object.hasOwn(schemas, target))
          mapping[value] = pointerTo('#/components/schemas', target);
      }
    }
    for (const part of Object.values(node)) visit(part);
  };
  visit(root);
}

const UNRESOLVED = "Can't resolve $ref";

/** The text of a reference that leads nowhere. */
function refAt(at: NormalizedProblem['location'][0]): string {
  const { start } = getLineColLocation(at as Parameters<typeof getLineColLocation>[0]);
  const text =
    at?.source
      .getLines()
      .slice(start.line - 1)
      .join('\n')
      .slice(start.col - 1) ?? '';
  const named = /\$ref["']?\s*:\s*(["']?)(.*?)\1\s*(?:[,}\n]|$)/.exec(text)?.[2];
  // The mapping of a discriminator refers to schemas too.
  return named ?? /^(?:[^:\n]*:\s+)?(["']?)([^"'\n,}]*)\1/.exec(text)?.[2] ?? '';
}

/**
 * Reads through the snapshot. A document that lies on this machine is made of files of this machine; one that was
 * fetched, of what its own server has.
 */
class SnapshotResolver extends BaseResolver {
  readonly #snapshot: Snapshot;
  readonly #root: string;
  readonly #mend: (parsed: unknown) => void;

  constructor(snapshot: Snapshot, root: string, mend: (parsed: unknown) => void) {
    super();
    this.#snapshot = snapshot;
    this.#root = root;
    this.#mend = mend;
  }

  override async loadExternalRef(source: string): Promise<Source> {
    if (isURL(source) && !(isURL(this.#root) && new URL(source).origin === new URL(this.#root).origin)) {
      throw new Error(`${source} is on another machine; gen fetches only what lies beside a document that it fetched`);
    }
    return new Source(source, await this.#snapshot.read(source), isURL(source) ? 'application/yaml' : undefined);
  }

  override parseDocument(source: Source, isRoot?: boolean): Parsed {
    const document = super.parseDocument(source, isRoot);
    const fault = outOfBounds(document.parsed);
    if (fault !== undefined) throw new Error(fault);
    spellOutOwnReferences(document.parsed);
    this.#mend(document.parsed);
    hideInherited(document.parsed);
    return document;
  }
}
