import type { ComponentType } from 'react';
import { BooleanField, ChoiceField, ChoicesField } from './ChoiceField.tsx';
import { FileField, FilesField } from './FileField.tsx';
import type { InputProps } from './fieldParts.tsx';
import type { Kind } from './fields.ts';
import { TextField } from './TextField.tsx';
import { JsonField, LinesField, NumberField } from './TypedField.tsx';

/** The element that is typed in or chosen from, by the kind of the field. */
export const INPUTS: Readonly<Record<Exclude<Kind, 'object'>, ComponentType<InputProps>>> = {
  file: FileField,
  files: FilesField,
  text: TextField,
  number: NumberField,
  boolean: BooleanField,
  choice: ChoiceField,
  choices: ChoicesField,
  lines: LinesField,
  json: JsonField,
};
