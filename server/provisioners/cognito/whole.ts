/**
 * The input of a call that resets each member that is left out. The type wants every member of the SDK's input to be
 * given, if only as undefined: a member that a later SDK adds does not compile until it is sent back, or is listed in
 * `Omitted` with its reason.
 */
export type Whole<Input, Omitted extends Partial<Record<keyof Input, string>> = object> = {
  [Member in Exclude<keyof Input, keyof Omitted>]-?: Input[Member] | undefined;
};
