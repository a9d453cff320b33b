/** Why the suite could not do its work at all; one sentence for the person at the terminal. Exit code 2. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}
