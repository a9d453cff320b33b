/** A schema that the validator can compile. */
export type Prepared = Readonly<Record<string, unknown>> | boolean;

/** Told of what the validator can't check, once for each place. */
export type Report = (sentence: string) => void;

/** How prepared schemas refer to a part that was prepared for several of them. */
export const partId = (name: string): string => `/parts/${name}`;
