import { expect, it } from 'vitest';
import { pointed } from '../../../pipeline/document/references.ts';
import { walk } from '../../../pipeline/document/walk.ts';
import { spellOutOwnReferences } from '../../../pipeline/gen/source/ownReferences.ts';

const number = { type: 'integer' };
const withN = (ref: object) => ({ type: 'object', properties: { n: ref } });
const url = 'https://example.com/schemas';

/** Schemas, and the pointer to the one that each reference in them means. */
const rows: Record<string, readonly [schemas: object, target: string]> = {
  'an anchor': [{ W: withN({ $ref: '#n' }), N: { $anchor: 'n', ...number } }, 'N'],
  'an anchor within': [{ W: { $defs: { N: { $anchor: 'n', ...number } }, ...withN({ $ref: '#n' }) } }, 'W/$defs/N'],
  'an anchor that another resource has too': [
    {
      O: { $id: `${url}/o`, $defs: { M: { $anchor: 'n' } } },
      W: { $id: `${url}/w`, $defs: { N: { $anchor: 'n', ...number } }, ...withN({ $ref: '#n' }) },
    },
    'W/$defs/N',
  ],
  'an $id': [{ W: withN({ $ref: `${url}/n` }), N: { $id: `${url}/n`, ...number } }, 'N'],
  'the name of an $id beside its own': [
    { W: { $id: `${url}/w.json`, ...withN({ $ref: 'n.json' }) }, N: { $id: `${url}/n.json`, ...number } },
    'N',
  ],
  'an $id with a pointer': [
    { W: withN({ $ref: `${url}/n#/$defs/M` }), N: { $id: `${url}/n`, $defs: { M: number } } },
    'N/$defs/M',
  ],
  'a pointer from an $id on': [
    { W: { $id: `${url}/w`, $defs: { N: number }, ...withN({ $ref: '#/$defs/N' }) } },
    'W/$defs/N',
  ],
  'a definition of a schema that was pasted': [
    { W: { $defs: { N: number }, ...withN({ $ref: '#/$defs/N' }) } },
    'W/$defs/N',
  ],
  'a dynamic anchor': [{ W: { $dynamicAnchor: 'node', ...withN({ $dynamicRef: '#node' }) } }, 'W'],
  'a pointer of the document, behind an $id': [
    { W: { $id: `${url}/w`, ...withN({ $ref: '#/components/schemas/N' }) }, N: number },
    'N',
  ],
};

it.each(Object.entries(rows))('a reference by %s is written as a pointer', (_name, [schemas, target]) => {
  const document = structuredClone({ components: { schemas } });
  spellOutOwnReferences(document);
  const found: string[] = [];
  walk(document, ({ $ref, $id }) => {
    expect($id).toBeUndefined();
    if (typeof $ref === 'string') found.push($ref);
  });
  expect(found).toEqual([`#/components/schemas/${target}`]);
  expect(pointed(document, found[0] ?? '')).toBeDefined();
});

it('a dynamic anchor that several schemas have is left to the server', () => {
  const W = { $dynamicAnchor: 'node', ...withN({ $dynamicRef: '#node' }) };
  const document = { components: { schemas: { W, V: { $dynamicAnchor: 'node' } } } };
  spellOutOwnReferences(document);
  expect(W.properties.n).toEqual({ $dynamicRef: '#node' });
});
