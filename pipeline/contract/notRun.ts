/** Thrown by a case that can't be run here. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
}
