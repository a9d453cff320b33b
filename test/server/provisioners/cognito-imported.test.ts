import { expect, it } from 'vitest';
import { changedPaths } from '../../helpers/cognitoDifference.ts';
import { Imported } from '../../helpers/cognitoImported.ts';
import { importedKinds } from '../../helpers/cognitoKinds.ts';
import { isWrite } from '../../helpers/cognitoOperations.ts';

// One server for all, since it takes longer to start than an update takes.
it('an update of an imported pool changes what it names and nothing else', async () => {
  const imported = await Imported.setUp();
  const { fake } = imported;
  const [before, shown, again] = [fake.byName(), await imported.shown(), await imported.keep()];
  for (const [kind, of, changes] of importedKinds) {
    expect(await imported.update(...of(shown)), kind).toMatchObject({ status: 'COMPLETED' });
    expect(changedPaths(before, fake.byName()).sort(), kind).toEqual([...changes].sort());
    if (changes.length === 0) expect(fake.names().filter(isWrite), kind).toEqual([]);
    await again();
  }
});
