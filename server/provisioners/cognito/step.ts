import { isRefusal } from './api.ts';

/** One resource that an update writes, and the way back. */
export interface Step {
  /** Such as `app client 1abc`. */
  readonly resource: string;
  /** As it was read, and as the step leaves it; undefined where there is nothing. */
  readonly before: object | undefined;
  readonly after: object | undefined;
  /** As it is now, in the form of `before`. */
  readonly read: () => Promise<object | undefined>;
  run(): Promise<void>;
  /** It makes several writes, of which some may be done where another is refused. */
  readonly isSeveral?: true;
  /** There is no way back: it goes last, when nothing else can be refused any more. */
  readonly isFinal?: true;
  /** Puts back what was read. Runs after `run` has succeeded, or has failed and may have done its work all the same. */
  undo(): Promise<void>;
}

/**
 * Runs the steps in order. Where one fails, puts back what was written, the last first, and throws a `StepsFailed`. Where
 * they resume, an earlier run may have written any of them.
 */
export async function runSteps(steps: readonly Step[], resumes: boolean, mayUndo: () => boolean): Promise<void> {
  const begun: Step[] = [];
  try {
    for (const step of steps) {
      begun.push(step);
      await step.run();
    }
  } catch (error) {
    if (!mayUndo()) throw error;
    if (isRefusal(error) && begun.at(-1)?.isSeveral !== true) begun.pop();
    throw new StepsFailed(error, await undoAll(resumes ? steps : begun));
  }
}

/** A step that could not be put back, and why. */
export interface Left {
  readonly step: Step;
  readonly reason: string;
}

/** Puts back what the steps may have written, the last first, and answers what could not be. */
export async function undoAll(begun: readonly Step[]): Promise<Left[]> {
  const left: Left[] = [];
  for (const step of begun.toReversed()) {
    try {
      await step.undo();
    } catch (error) {
      left.push({ step, reason: (error as Error).message });
    }
  }
  return left;
}

/** A step failed; `left` could not be put back. It is private: what a step writes may be secret, and errors are logged. */
export class StepsFailed extends Error {
  override readonly name = 'StepsFailed';
  readonly #left: readonly Left[];

  constructor(cause: unknown, left: readonly Left[]) {
    super([(cause as Error).message, ...sentences(left)].join(' '));
    this.#left = left;
  }

  get left(): readonly Left[] {
    return this.#left;
  }
}

function sentences(left: readonly Left[]): string[] {
  if (left.length === 0) return [];
  return [
    `Not put back: ${left.map(({ step, reason }) => `${step.resource} (${reason})`).join('; ')}.`,
    'GetBackendAuth tells the state that it has now; the next update restores it.',
  ];
}
