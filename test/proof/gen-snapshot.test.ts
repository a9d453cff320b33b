import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { gen } from '../../pipeline/gen/gen.ts';
import { Workshop } from '../helpers/workshop.ts';

const moments = 100;
const shop = new Workshop();
afterAll(() => shop[Symbol.dispose]());

const text = (title: string) => `openapi: 3.1.0
info: { title: ${title}, version: '1' }
paths:
  /a: { $ref: a.yaml }
`;
const path = (description: string) => `get:
  operationId: getA
  responses: { '200': { description: ${description} } }
`;

test(`a document that is saved at ${moments} random moments never gives what its final sources do not`, async () => {
  const spec = shop.write('spec.yaml', text('T0'));
  const part = shop.write('a.yaml', path('D0'));
  for (let moment = 1; moment <= moments; moment++) {
    const out = `${shop.root}/out`;
    const running = gen({ root: shop.root, spec, out, page: false, say: () => {} });
    await pause(Math.random() * 150);
    writeFileSync(spec, text(`T${moment}`));
    // Saved and given back: half of the runs may have seen what is on disk for a moment only.
    const before = readFileSync(part, 'utf8');
    writeFileSync(part, 'get: [');
    await pause(Math.random() * 20);
    writeFileSync(part, moment % 2 ? before : path(`D${moment}`));
    const code = await running;
    // Where it was saved after gen had ended, the next run has to notice.
    const again = code === 0 ? await gen({ root: shop.root, spec, out, page: false, say: () => {} }) : code;
    if (again !== 0) continue;
    const { info, paths } = JSON.parse(shop.read('out/generated/openapi.json'));
    expect(info.title).toBe(`T${moment}`);
    expect(readFileSync(part, 'utf8')).toContain(paths['/a'].get.responses['200'].description);
  }
}, 600_000);
