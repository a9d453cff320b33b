import { set } from '../../document/values.ts';
import { UploadedFile } from './uploadedFile.ts';

const PLACEHOLDER = 'file';

/** A multipart body with a text in the place of each file, which the validator can check, and the way back. */
export function shadowed(body: unknown): { readonly value: object; readonly restore: (checked: unknown) => unknown } {
  const value = {};
  for (const [name, member] of Object.entries(body as object)) {
    set(value, name, Array.isArray(member) ? member.map(shadowOf) : shadowOf(member));
  }
  const restore = (checked: unknown): unknown => {
    for (const [name, member] of Object.entries(body as object)) {
      const isOf = Array.isArray(member) ? member.some(isFile) : isFile(member);
      if (isOf) set(checked as object, name, member);
    }
    return checked;
  };
  return { value, restore };
}

const isFile = (value: unknown): boolean => value instanceof UploadedFile;
const shadowOf = (value: unknown): unknown => (isFile(value) ? PLACEHOLDER : value);
