/** A schema that the validator can compile. */
export type Prepared = Readonly<Record<string, unknown>> | boolean;

/** Told of what the validator can't check, once for each place. */
export type Report = (sentence: string) => void;
