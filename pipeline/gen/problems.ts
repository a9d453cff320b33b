/** Where in a file something is wrong; line and column count from 1. */
export interface Problem {
  readonly place?: string;
  /** The file in which `pointer` points, where that is known. */
  readonly file?: string;
  /** Where in the document, such as `#/info/title`. */
  readonly pointer?: string;
  readonly rule?: string;
  readonly message: string;
}

/** A fault of the document or its configuration. Any other error is a fault of gen. */
export class StepFailed extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: string | readonly Problem[]) {
    super('The step failed.');
    this.problems = typeof problems === 'string' ? [{ message: problems }] : problems;
  }
}
