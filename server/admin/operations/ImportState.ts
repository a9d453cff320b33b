import type { Input, Output, Services } from './handler.ts';

/** Replaces the whole state. */
export async function ImportState(
  { state: file, passphrase }: Input<'ImportState'>,
  { state }: Services,
): Promise<Output<'ImportState'>> {
  await state.restore(file, passphrase);
  return state.summary();
}
