import type { Bases } from '../cases/bases.ts';
import type { Document } from '../document/document.ts';
import type { Credentials } from '../security/credentials.ts';
import type { Sender } from '../wire/sender.ts';

/** Everything needed to send a request for any operation. */
export interface Means {
  readonly document: Document;
  readonly sender: Sender;
  readonly credentials: Credentials;
  readonly bases: Bases;
  /** Whether nothing but GET, HEAD and OPTIONS is sent. */
  readonly readOnly: boolean;
}
