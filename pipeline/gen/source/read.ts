import type { StyleguideConfig } from '@redocly/openapi-core';
import { segmentsOf } from '../../document/references.ts';
import type { Document } from '../../document/types.ts';
import type { Project } from '../config.ts';
import { type Problem, StepFailed } from '../step.ts';
import { type LeftOut, leaveOut } from './leaveOut.ts';
import { isInQuery } from './queryTemplates.ts';
import type { Snapshot } from './snapshot.ts';
import { Sources } from './sources.ts';

/** Faults against OpenAPI's letter that change nothing in the generated code. Published documents are full of them. */
const harmless = [
  /^The `type` field must be defined when the `nullable` field is used/,
  /^Property `.*` is not expected here/,
  /^The field `(description|title|version|info|license|name|url|operationId)` must be present on this level/,
  /^Two schemas are referenced with the same name but different content/,
  /^One of .* is required/,
  // OpenAPI 3.1 lets a schema be true or false anywhere; the check knows some of the places.
  /^Expected type `Schema` \(object\) but got `boolean`/,
];

/** In these places anything may stand, since nothing is made of it. */
const unread = /\/(x-[^/]*|example|examples|externalDocs)(\/|$)/;

const isHarmless = ({ message, pointer = '' }: Problem): boolean =>
  unread.test(pointer) || harmless.some((words) => words.test(message));

/** The check knows parameters of a path by the letters of English alone, and takes its query for a part of it. */
function isUsed(message: string): boolean {
  const [, missing = '', of] =
    /^The operation does not define the path parameter `\{(.*)\}` expected by path `(.*)`\.$/s.exec(message) ?? [];
  if (of !== undefined) return isInQuery(of, missing);
  const [, name, path] = /^Path parameter `(.*)` is not used in the path `(.*)`\.$/s.exec(message) ?? [];
  return path?.includes(`{${name}}`) ?? false;
}

export interface Read {
  readonly document: Document;
  /** Faults that do no harm. */
  readonly remarks: readonly Problem[];
  /** Operations that are wrong and were left out, each with its fault. */
  readonly leftOut: readonly { readonly operation: string; readonly fault: Problem }[];
}

interface Options {
  readonly snapshot: Snapshot;
  readonly config: StyleguideConfig;
  /** Whether operations that are wrong are left out. */
  readonly lenient: boolean;
}

/** Reads a document into one. A document that can't be taken fails with the place of each fault. */
export async function read(project: Project, { snapshot, config, lenient }: Options): Promise<Read> {
  const sources = await Sources.open(project, config, snapshot);
  admit(sources);
  const strict = project.redocly !== undefined;
  const bears = (problem: Problem): boolean => !strict && isHarmless(problem);
  const faultsIn = (all: readonly Problem[]) => [
    ...all.filter((one) => !bears(one)),
    ...(lenient ? sources.undefinedSchemes() : []),
  ];
  const check = async () => once((await sources.check()).filter(({ message }) => !isUsed(message)));

  let problems = await check();
  const leftOut: LeftOut[] = [];
  if (lenient && faultsIn(problems).length > 0) {
    const written = problems;
    // Pointers are of the file in which a fault lies. In one file, they are the document's.
    if (sources.files.length > 1) {
      await sources.bundle();
      problems = (await check()).map((one) => placed(one, written));
    }
    for (let faults = faultsIn(problems); faults.length > 0; ) {
      const left = leaveOut(sources.parsed as object, faults);
      if (left.length === 0) break;
      leftOut.push(...left);
      problems = (await check()).map((one) => placed(one, written));
      faults = faultsIn(problems);
    }
  }
  fail(problems.filter((one) => !bears(one)));

  // Checking has read all files. One file alone is a bundle.
  if (sources.files.length > 1) {
    const places = strict ? await sources.places() : [];
    const bundling = await sources.bundle();
    if (strict && bundling.length === 0) bundling.push(...sources.renamed(places));
    fail(bundling.filter((one) => !bears(one)));
    problems.push(...bundling);
  }
  fail(sources.undefinedSchemes());
  const whole = sources.take() as Document;
  return {
    document: plain(whole, project.title),
    remarks: once([...sources.mended, ...problems.filter(bears)]),
    leftOut,
  };
}

/** A fault with the place where it was written, whatever file that is. */
function placed({ message, rule, pointer }: Problem, written: readonly Problem[]): Problem {
  const end = segmentsOf(pointer ?? '').at(-1);
  const [own, other] = written.filter((one) => one.message === message && segmentsOf(one.pointer ?? '').at(-1) === end);
  return {
    message,
    ...(rule !== undefined && { rule }),
    ...(pointer !== undefined && { pointer }),
    get place() {
      return (other === undefined ? own?.place : undefined) ?? pointer ?? '';
    },
  };
}

function fail(faults: readonly Problem[]): void {
  if (faults.length > 0) throw new StepFailed(once(faults));
}

/** In text and back: what YAML's anchors share becomes an object for each place. */
function plain(document: Document, title: string): Document {
  try {
    return JSON.parse(JSON.stringify(document));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StepFailed([{ place: `${title}:`, message: 'An anchor of YAML stands within itself.' }]);
  }
}

function admit(sources: Sources): void {
  const fail = (pointer: string, message: string) => {
    throw new StepFailed([{ place: `${sources.placeOf(pointer)}`, message }]);
  };
  const root = sources.parsed;
  if (typeof root !== 'object' || root === null || Array.isArray(root)) {
    return fail('#/', 'This is no OpenAPI document: it is not an object.');
  }
  const { openapi, swagger } = root as { openapi?: unknown; swagger?: unknown };
  if (typeof swagger === 'string' || typeof swagger === 'number') {
    const advice = 'gen takes OpenAPI 3.0, 3.1 and 3.2. swagger2openapi converts it.';
    return fail('#/swagger', `This is Swagger ${swagger}; ${advice}`);
  }
  if (openapi === undefined) return fail('#/', 'This is no OpenAPI document: it has no member `openapi`.');
  // YAML reads 3.1 as a number.
  const version = typeof openapi === 'number' ? openapi.toFixed(1) : openapi;
  if (typeof version !== 'string' || !/^3\.[012](\.|$)/.test(version)) {
    return fail('#/openapi', `The version of OpenAPI is ${JSON.stringify(openapi)}; gen takes 3.0, 3.1 and 3.2.`);
  }
  Object.assign(root, { openapi: /^3\.[012]\.\d+/.exec(version)?.[0] ?? `${version.slice(0, 3)}.0` });
}

/** One problem may be found by checking and again by bundling; a branch of allOf repeats the fault of the whole. */
function once(problems: readonly Problem[]): Problem[] {
  // Not by the place, which is counted from the start of the text: half a minute for the faults of GitHub's document.
  const where = (one: Problem) => (one.pointer === undefined ? one.place : `${one.file ?? ''}${one.pointer}`);
  const byWords = Map.groupBy(problems, (one) => `${where(one)} ${one.message}`);
  return [...byWords.values()].flatMap(([first]) => first ?? []);
}
