import type { Output, Services } from './handler.ts';

/** Empties the state. */
export async function ResetState(_input: unknown, { state }: Services): Promise<Output<'ResetState'>> {
  await state.reset();
  return state.summary();
}
