// Checked by `tsc`, not run: each line under @ts-expect-error must not compile.

import type { Whole } from '../../../server/provisioners/cognito/whole.ts';

interface Input {
  Id: string;
  Settings?: { Days?: number } | undefined;
  /** A member that a later SDK may add. */
  New?: string | undefined;
}

export function everyMemberIsSentOrListed() {
  const whole: Whole<Input> = { Id: 'a', Settings: {}, New: undefined };
  const listed: Whole<Input, { Id: 'given with each call' }> = { Settings: undefined, New: 'b' };
  // @ts-expect-error a member that is neither given nor listed
  const lacking: Whole<Input> = { Id: 'a', Settings: {} };
  // @ts-expect-error a member that is required may be undefined where nothing was read, but not left out
  const empty: Whole<Input> = { Settings: undefined, New: undefined };
  // @ts-expect-error what the call does not take
  const more: Whole<Input> = { Id: 'a', Settings: {}, New: 'b', Other: 1 };
  // @ts-expect-error a list of what is left out names members of the input, each with its reason
  const wrong: Whole<Input, { Other: 'a reason' }> = { Id: 'a', Settings: {}, New: 'b' };
  // @ts-expect-error the reason is a sentence
  const silent: Whole<Input, { Id: true }> = { Settings: {}, New: 'b' };
  return [whole, listed, lacking, empty, more, wrong, silent];
}
