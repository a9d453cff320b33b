import type { Failure } from '../../pipeline/contract/cases/case.ts';

/** What a case needs could not be made, which is a violation too: of the operation that should have made it. */
export class BadState extends Error {
  override readonly name = 'BadState';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
