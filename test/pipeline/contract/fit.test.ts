import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fit } from '../../../pipeline/contract/schema/fit.ts';

const bound = fc.nat({ max: 40 });

it('a text is cut or padded to its bounds, counted in code points; of bounds that contradict each other, the upper one wins', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), bound, bound, (text, least, most) => {
      const { length } = [...text];
      expect([...fit(text, least, most)]).toHaveLength(Math.min(Math.max(length, least), most));
    }),
  );
});
