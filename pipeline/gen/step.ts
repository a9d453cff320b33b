/** Where in a file something is wrong; line and column count from 1. */
export interface Problem {
  readonly place?: string;
  /** Where in the document, such as `#/info/title`. */
  readonly pointer?: string;
  readonly rule?: string;
  readonly message: string;
}

/** What a step throws when the fault lies in what it was given. Anything else that is thrown is a fault of gen. */
export class StepFailed extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: string | readonly Problem[]) {
    super('The step failed.');
    this.problems = typeof problems === 'string' ? [{ message: problems }] : problems;
  }
}

export interface Step<T> {
  readonly name: string;
  readonly result: Promise<{ value: T; ms: number }>;
}

/** Starts a step. Whoever awaits it learns of its failure; that nobody may come to await it is no error of its own. */
export function start<T>(name: string, work: () => T | Promise<T>): Step<T> {
  const began = performance.now();
  const result = (async () => ({ value: await work(), ms: performance.now() - began }))();
  result.catch(() => {});
  return { name, result };
}

/** Starts a step when another has ended well; the wait is not part of its time. */
export function startAfter<S, T>(name: string, earlier: Step<S>, work: (value: S) => T | Promise<T>): Step<T> {
  const result = earlier.result.then(({ value }) => start(name, () => work(value)).result);
  result.catch(() => {});
  return { name, result };
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** The value of a step, whose outcome is said in one line. */
export async function told<T>({ name, result }: Step<T>, say: (line: string) => void, what: string): Promise<T> {
  try {
    const { value, ms } = await result;
    say(`${name.padEnd(11)}${seconds(ms)}  ${what}`);
    return value;
  } catch (error) {
    say(`${name.padEnd(11)}failed`);
    throw error;
  }
}

const screen = 20;

/** A failure in lines that fit on a screen. */
export function describe(error: unknown): string[] {
  if (!(error instanceof StepFailed)) return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  const lines = error.problems.map(({ place, rule, message }) => {
    return [place, rule && `${rule}:`, message.replaceAll(/\s*\n\s*/g, ' ')].filter(Boolean).join(' ');
  });
  const more = lines.length - screen;
  return more > 0 ? [...lines.slice(0, screen), `… and ${more} more`] : lines;
}
