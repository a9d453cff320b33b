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

it('a provider goes last of whose key nobody knows, so that nothing that fails before can cost it', async () => {
  const imported = await Imported.setUp();
  const { fake } = imported;
  const [before, again] = [fake.snapshot(), await imported.keep()];
  const change = { oAuth: {}, passwordPolicy: { minimumLength: 20 }, mfa: { MFAMode: 'OFF' } };
  expect(await imported.update(change)).toMatchObject({ status: 'COMPLETED' });
  const writes = fake.calls.filter(({ name }) => isWrite(name));
  expect(writes.at(-1)).toMatchObject({
    name: 'DeleteIdentityProvider',
    input: { ProviderName: 'SignInWithApple' },
  });
  for (const nth of writes.keys()) {
    await again();
    let next = 0;
    fake.fault = ({ name }) => (isWrite(name) && next++ === nth ? 'refuse' : undefined);
    expect(await imported.update(change), `write ${nth}`).toMatchObject({ status: 'FAILED' });
    expect(fake.snapshot(), `write ${nth}`).toEqual(before);
  }
});
