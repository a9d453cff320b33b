import { StyleError } from './values.ts';

/** Percent-encodes everything but what RFC 3986 calls unreserved. */
export const encodeText = (text: string): string =>
  encoded(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** As `encodeText`, but leaves reserved characters that do no harm in a query. */
export const encodeReserved = (text: string): string =>
  encoded(text).replaceAll(/%(3A|2F|3F|40|24|2C|3B|3D|5B|5D)/g, (part) => decodeURIComponent(part));

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new StyleError('A half of a surrogate pair can not be written in a URL.');
  }
}

export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new StyleError(`${JSON.stringify(text.slice(0, 80))} is not percent-encoded UTF-8.`);
  }
}

/** As `decodeText`; `+` is a space, as forms write it. */
export const decodeFormText = (text: string): string => decodeText(text.replaceAll('+', ' '));
