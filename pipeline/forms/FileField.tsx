import type { InputProps } from './fieldParts.tsx';

/** A file of the person's machine. */
export function FileField({ onChange, control }: InputProps) {
  return <input {...control} type="file" onChange={({ target }) => onChange(target.files?.[0])} />;
}

export function FilesField({ onChange, control }: InputProps) {
  const chosen = (files: FileList | null) => (files?.length ? [...files] : undefined);
  return <input {...control} type="file" multiple onChange={({ target }) => onChange(chosen(target.files))} />;
}
