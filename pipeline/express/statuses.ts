import { createRequire } from 'node:module';

// `import … from 'node:http'` reads every export of it, and one of them loads the whole of undici: 40 ms of a start.
const { STATUS_CODES } = createRequire(import.meta.url)('node:http') as typeof import('node:http');

/** HTTP's own words for a status: `Not Found`. */
export const reasonOf = (status: number): string | undefined => STATUS_CODES[status];

/** Sent before an answer, never as one (RFC 9110, 15.2). */
export const isInterim = (status: number): boolean => status < 200;

/** Whether an answer of this status has no body, whatever the document says (RFC 9110, 15.3.5, 15.3.6 and 15.4.5). */
export const isBodiless = (status: number): boolean => status === 204 || status === 205 || status === 304;
