import type { RequestContext } from 'openapi-strict-express';
import type { StateFile } from '../stateFile.ts';
import type { Input, Output, Services } from './handler.ts';

/** Replaces the whole state. */
export async function ImportState(
  { state: head, passphrase }: Input<'ImportState'>,
  { state }: Services,
  request: RequestContext,
): Promise<Output<'ImportState'>> {
  const items = <List extends keyof StateFile>(list: List) => request.items(`/state/${list}`) as AsyncIterable<never>;
  await state.restore({ head, items }, passphrase, request.signal);
  return state.summary();
}
