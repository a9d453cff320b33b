import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Location, Visitor } from './redocly.ts';

const words = 'y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF';
const boolean = new RegExp(`^(?:${words})$`);
// Cheap, and may be wrong about a word at the end of a line of prose: only then is the file parsed.
const perhaps = new RegExp(`(?:^|[\\s,[{])(?:${words})\\s*(?:[,\\]}:#]|$)`, 'm');

/** YAML 1.1, which many tools still read, takes these words for booleans unless they are in quotes. */
export const noYamlBoolean = (): Visitor => {
  const seen = new Set<string>();
  return {
    any: {
      enter(_node, { location: { source }, report }) {
        if (seen.has(source.absoluteRef)) return;
        seen.add(source.absoluteRef);
        for (const { text, start, end } of unquoted(source)) {
          report({
            message: `YAML 1.1 reads ${text} as a boolean; put it in quotes.`,
            location: { source, pointer: undefined, start, end },
          });
        }
      },
    },
  };
};

function unquoted({ absoluteRef, body }: Location['source']) {
  const found: { text: string; start: { line: number; col: number }; end: { line: number; col: number } }[] = [];
  if (!/\.ya?ml$/.test(absoluteRef) || !perhaps.test(body)) return found;
  // Loaded only now: it takes longer to load than all the other rules take together.
  const { LineCounter, parseDocument, visit } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  const lineCounter = new LineCounter();
  visit(parseDocument(body, { lineCounter }), {
    Scalar(_key, scalar) {
      if (scalar.type !== 'PLAIN' || !scalar.range || !boolean.test(scalar.source ?? '')) return;
      const [start, end] = [lineCounter.linePos(scalar.range[0]), lineCounter.linePos(scalar.range[1])];
      found.push({ text: scalar.source ?? '', start, end });
    },
  });
  return found;
}
