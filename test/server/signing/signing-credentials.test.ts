import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CredentialsError, parseCredentials, readCredentials } from '../../../server/signing/credentials.ts';

const id = 'AKIAIOSFODNN7EXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const token = 'IQoJb3JpZ2luX2VjEXAMPLE//token==';
const profile = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;

const parse = (text: string) => parseCredentials(text, 'file').credentials;

function mistake(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof CredentialsError) return error.message;
    throw error;
  }
  return 'none';
}

describe('the file of credentials', () => {
  it('is the one that AWS knows', () => {
    const text = `# of two accounts\n${profile}region = us-east-1\n\n[temporary]\naws_access_key_id=ASIA1\naws_secret_access_key=${secret}\naws_session_token=${token}\noutput = json`;
    expect([...parse(text).values()]).toEqual([
      { accessKeyId: id, secretAccessKey: secret, sessionToken: undefined, appIds: undefined },
      { accessKeyId: 'ASIA1', secretAccessKey: secret, sessionToken: token, appIds: undefined },
    ]);
  });

  it.each([
    ['with the line ends of Windows and a byte order mark', `\uFEFF${profile.replaceAll('\n', '\r\n')}`],
    [
      'with white space and no spaces around the equals sign',
      `  [ default ]\n\taws_access_key_id=${id}  \n  AWS_SECRET_ACCESS_KEY =${secret}`,
    ],
    ['with comments', `; one\n${profile.replaceAll('\n', ' # two\n')}   # three\n`],
    ['without a line end', profile.trim()],
  ])('is read %s', (_, text) => {
    expect(parse(text).get(id)?.secretAccessKey).toBe(secret);
  });

  it('limits a key to apps', () => {
    expect(parse(`${profile}app_ids = d1,d2 , d1\n`).get(id)?.appIds).toEqual(new Set(['d1', 'd2']));
  });

  it.each([
    ['', 'file has no profile with an access key.'],
    ['# nothing\n', 'file has no profile with an access key.'],
    [`${id}`, 'file:1: this is neither [profile] nor name = value.'],
    [`[default`, 'file:1: this is neither [profile] nor name = value.'],
    [`[]\n`, 'file:1: this profile has no name.'],
    [`aws_access_key_id = ${id}`, 'file:1: this setting belongs to no profile: a line such as [default] comes first.'],
    ['\n[a]\n', 'file:2: this profile has no aws_access_key_id.'],
    [`[a]\naws_access_key_id = ${id}\n[b]`, 'file:1: this profile has no aws_secret_access_key.'],
    [`${profile}\n[default]`, 'file:5: this profile has the name of the one in line 1.'],
    [
      `${profile}[b]\n${profile.split('\n').slice(1).join('\n')}`,
      'file:5: this aws_access_key_id is the one of line 2 already.',
    ],
    [`${profile}aws_access_key_id = B\n`, 'file:4: aws_access_key_id was set in line 2 already.'],
    [
      profile.replace(id, secret),
      'file:2: aws_access_key_id must be made of letters, digits, _ and -, at most 128 of them.',
    ],
    [
      profile.replace(id, ''),
      'file:2: aws_access_key_id must be made of letters, digits, _ and -, at most 128 of them.',
    ],
    [profile.replace(secret, ''), 'file:3: aws_secret_access_key must have a value, in ASCII and without spaces.'],
    [profile.replace(secret, 'a b'), 'file:3: aws_secret_access_key must have a value, in ASCII and without spaces.'],
    [profile.replace(secret, 'ü'), 'file:3: aws_secret_access_key must have a value, in ASCII and without spaces.'],
    [`${profile}aws_session_token =`, 'file:4: aws_session_token must have a value, in ASCII and without spaces.'],
    [`${profile}app_ids =`, 'file:4: app_ids must be ids with commas between them.'],
    [`${profile}app_ids = d1,,d2`, 'file:4: app_ids must be ids with commas between them.'],
    [`${profile}app_ids = d1 d2`, 'file:4: app_ids must be ids with commas between them.'],
    [
      `${profile}app_id = d1`,
      'file:4: this setting is not known; there are aws_access_key_id, aws_secret_access_key, aws_session_token, app_ids.',
    ],
  ])('that holds %j is refused: %s', (text, message) => {
    expect(mistake(text)).toBe(message);
  });

  it('is read or refused in one sentence that repeats nothing of what is in it', () => {
    const piece = fc.constantFrom(
      secret,
      token,
      id,
      '=',
      ' ',
      '\n',
      '[',
      ']',
      '#',
      ';',
      ',',
      'default',
      'app_ids',
      'aws_access_key_id',
      'aws_secret_access_key',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const message = mistake(pieces.join(''));
        for (const hidden of [secret, token, id]) expect(message).not.toContain(hidden);
        expect(message).toMatch(/^none$|^[^\n]+\.$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('is warned of when a secret is short enough to be guessed', () => {
    expect(parseCredentials(profile, 'file').warnings).toEqual([]);
    const { warnings } = parseCredentials(profile.replace(secret, 'open-sesame'), 'file');
    expect(warnings).toEqual([expect.stringMatching(/^file:3: a secret of fewer than 24 characters can be guessed/)]);
    expect(warnings[0]).not.toContain('sesame');
  });
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'credentials-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

describe('the file of credentials on disk', () => {
  it('is read', async () => {
    const file = join(await folder(), 'credentials');
    await writeFile(file, profile, { mode: 0o600 });
    const { credentials, warnings } = await readCredentials(file);
    expect(credentials.get(id)?.secretAccessKey).toBe(secret);
    expect(warnings).toEqual([]);
  });

  it.skipIf(process.platform === 'win32').each([
    [0o600, false],
    [0o400, false],
    [0o640, true],
    [0o604, true],
    [0o620, true],
  ])('with the mode %o is warned of if others can open it: %s', async (mode, warned) => {
    const file = join(await folder(), 'credentials');
    await writeFile(file, profile);
    await chmod(file, mode);
    const text = `${file} can be read or changed by other users of this machine (mode ${mode.toString(8)}); chmod 600 makes it its owner's alone.`;
    expect((await readCredentials(file)).warnings).toEqual(warned ? [text] : []);
  });

  it('is refused when it is missing, a folder, too large or wrong', async () => {
    const path = await folder();
    const refused = (file: string) => expect(readCredentials(join(path, file))).rejects;
    await refused('none').toThrow(`The file of credentials ${join(path, 'none')} does not exist.`);
    await mkdir(join(path, 'folder'));
    await refused('folder').toThrow(`${join(path, 'folder')} is not a file of credentials.`);
    await writeFile(join(path, 'large'), profile + '#'.repeat(1024 * 1024));
    await refused('large').toThrow(`${join(path, 'large')} is larger than the limit of 1048576 bytes.`);
    await writeFile(join(path, 'wrong'), '[a]');
    await refused('wrong').toThrow(`${join(path, 'wrong')}:1: this profile has no aws_access_key_id.`);
  });
});
