import type { Document } from '../../document/document.ts';
import { type Bundle, bundleOf } from '../bundle.ts';
import { Sources } from '../core.ts';
import { type Problem, StepFailed } from '../step.ts';

/** Without these, what is made of the document would be wrong. Whatever else can be said of it is a matter of taste. */
const rules = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'path-parameters-defined': 'error',
  'operation-parameters-unique': 'error',
} as const;

/** What breaks OpenAPI's letter and nothing that is made of it. Published documents are full of it. */
const harmless = [
  /^The `type` field must be defined when the `nullable` field is used/,
  /^Property `.*` is not expected here/,
  /^The field `(description|title|version|info|license|name|url|operationId)` must be present on this level/,
  /^Two schemas are referenced with the same name but different content/,
  /^One of .* is required/,
  // OpenAPI 3.1 lets a schema be true or false anywhere; the check knows some of the places.
  /^Expected type `Schema` \(object\) but got `boolean`/,
];

const isHarmless = ({ message }: Problem): boolean => harmless.some((words) => words.test(message));

/** The check knows parameters of a path by the letters of English alone. */
function isUsed(message: string): boolean {
  const [, name, path] = /^Path parameter `(.*)` is not used in the path `(.*)`\.$/s.exec(message) ?? [];
  return path?.includes(`{${name}}`) ?? false;
}

export interface Read extends Bundle {
  /** What is amiss and was put up with. */
  readonly remarks: readonly Problem[];
  /** The files that the document is made of. */
  readonly files: readonly string[];
}

/** Reads a document of any origin. One that can't be taken fails in one sentence with its place. */
export async function read(file: string): Promise<Read> {
  const sources = await Sources.open(file, process.cwd(), rules);
  admit(sources);
  const problems = (await sources.check()).filter(({ message }) => !isUsed(message));
  // Checking has read all files; one alone is a bundle.
  if (sources.files.length > 1) problems.push(...(await sources.bundle()));
  const remarks = problems.filter(isHarmless);
  const faults = problems.filter((problem) => !remarks.includes(problem));
  if (faults.length > 0) throw new StepFailed(once(faults));
  try {
    return { ...bundleOf(sources.take() as Document), remarks, files: sources.files };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StepFailed([{ place: `${file}:`, message: 'An anchor of YAML stands within itself.' }]);
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
    return fail('#/swagger', `This is Swagger ${swagger}; gen takes OpenAPI 3.0 and 3.1. swagger2openapi converts it.`);
  }
  if (openapi === undefined) return fail('#/', 'This is no OpenAPI document: it has no member `openapi`.');
  // YAML reads 3.1 as a number; and the validator takes versions of three parts only.
  const version = typeof openapi === 'number' ? openapi.toFixed(1) : openapi;
  if (typeof version !== 'string' || !/^3\.[01](\.|$)/.test(version)) {
    return fail('#/openapi', `The version of OpenAPI is ${JSON.stringify(openapi)}; gen takes 3.0 and 3.1.`);
  }
  Object.assign(root, { openapi: /^3\.[01]\.\d+/.exec(version)?.[0] ?? `${version.slice(0, 3)}.0` });
}

/** One problem may be found by checking and again by bundling. */
function once(problems: readonly Problem[]): Problem[] {
  const byWords = Map.groupBy(problems, ({ place, message }) => `${place} ${message}`);
  return [...byWords.values()].flatMap(([first]) => first ?? []);
}
