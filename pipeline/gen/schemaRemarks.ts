import { fits } from '../document/fits.ts';
import { patternOf } from '../document/patterns.ts';
import type { Document } from '../document/types.ts';
import { walk } from '../document/walk.ts';
import { closedIn } from './closed.ts';
import { overlapsIn } from './overlaps.ts';
import type { Report } from './report.ts';

/** Says what of a document's schemas is not checked, and which of them refuse what their author will have meant. */
export function remarkOnSchemas(document: Document, report: Report): void {
  ofSchemas(document, report);
  ofEnums(document, report);
  ofChoices(document, report);
  ofClosed(document, report);
}

const FORMATS = new Set(
  'date time date-time duration iso-time iso-date-time uri uri-reference uri-template url email hostname ipv4 ipv6 regex uuid json-pointer relative-json-pointer byte int32 int64 float double password binary base64url'.split(
    ' ',
  ),
);

/** Keywords and formats of a schema that the validator does not check. */
function ofSchemas(document: Document, report: Report): void {
  const unknown = new Map<string, number>();
  const found = { patterns: new Map<string, string>(), defaults: [] as { text: string; pointer: string }[] };
  walk(document, (node, at) => {
    const { format, pattern, type } = node;
    if (
      typeof format === 'string' &&
      (type === 'string' || type === undefined) &&
      !FORMATS.has(format) &&
      !('in' in node)
    ) {
      unknown.set(format, (unknown.get(format) ?? 0) + 1);
    }
    if (typeof pattern === 'string' && patternOf(pattern) === undefined) found.patterns.set(pattern, at());
    if (node.default !== undefined && !fits(document, node, node.default))
      found.defaults.push({ text: JSON.stringify(node.default).slice(0, 60), pointer: at() });
  });
  if (unknown.size > 0) {
    const names = [...unknown.keys()];
    const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
    report.leftOut(`formats that nobody defines: not checked (${names.slice(0, 8).join(', ')}${more})`, {
      pointer: '#/components/schemas',
    });
  }
  const [first] = found.defaults;
  if (first !== undefined) {
    const shown = found.defaults.slice(0, 4).map(({ text, pointer }) => `${text} at ${pointer}`);
    const more = found.defaults.length > 4 ? ` and ${found.defaults.length - 4} more` : '';
    const { pointer } = first;
    report.leftOut(`defaults that their own schema does not allow: not filled in (${shown.join(', ')}${more})`, {
      pointer,
    });
  }
  for (const [pattern, pointer] of found.patterns) {
    report.leftOut(
      `the pattern ${JSON.stringify(pattern)} is no regular expression of ECMAScript: any text is taken there`,
      { pointer },
    );
  }
}

function ofEnums(document: Document, report: Report): void {
  const found: string[] = [];
  walk(document, ({ type, nullable, enum: values }, at) => {
    if (type === undefined || !Array.isArray(values) || values.length === 0) return;
    if (!values.some((value) => fits(document, { type, nullable }, value))) found.push(at());
  });
  const [pointer] = found;
  if (pointer === undefined) return;
  report.leftOut(`values of an enum that its type does not allow: nothing is taken here${andMore(found)}`, { pointer });
}

/** Values that fit several branches of a `oneOf` are refused, as the specification says, though few authors intend that. */
function ofChoices(document: Document, report: Report): void {
  const overlaps = overlapsIn(document);
  const [first] = overlaps;
  if (first === undefined) return;
  report.leftOut(
    `values that fit several branches of a oneOf, such as ${JSON.stringify(first.value).slice(0, 60)} here${andMore(overlaps)}: they are refused, where anyOf would take them`,
    { pointer: first.pointer },
  );
}

/** Members that a schema names by `allOf` and forbids beside it: they are refused, as the specification says. */
function ofClosed(document: Document, report: Report): void {
  const closed = closedIn(document);
  const [first] = closed;
  if (first === undefined) return;
  report.leftOut(
    `members that one part of an allOf names and additionalProperties: false of another forbids, such as ${first.member} here${andMore(closed)}: they are refused, where unevaluatedProperties: false of the whole would take them`,
    { pointer: first.pointer },
  );
}

/** How many places there are besides the first, which is named. */
const andMore = ({ length }: readonly unknown[]): string => (length > 1 ? `, and so in ${length - 1} more` : '');
