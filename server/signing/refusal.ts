/** The names that AWS gives to requests it does not let in. */
export type RefusalName =
  | 'AccessDeniedException'
  | 'IncompleteSignatureException'
  | 'InvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'UnrecognizedClientException';

/** A request that is not let in. Its message goes to the caller and holds nothing that is secret. */
export class Refusal extends Error {
  override readonly name: RefusalName;
  readonly status = 403;
  /** Tells the app that the caller may see the message. */
  readonly expose = true;
  /** The name on the wire. */
  readonly type: RefusalName;

  constructor(type: RefusalName, message: string) {
    super(message);
    this.name = type;
    this.type = type;
  }
}

export const incomplete = (message: string) => new Refusal('IncompleteSignatureException', message);
export const invalid = (message: string) => new Refusal('InvalidSignatureException', message);

/** Text of the caller's, short enough to be repeated to the caller. */
export const quoted = (text: string): string => `'${text.length > 64 ? `${text.slice(0, 64)}…` : text}'`;
