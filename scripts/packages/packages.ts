/** A package that is published: how it is compiled, and which files it holds beside its code. */
export interface Package {
  /** Its workspace; the manifest there names its entries. */
  readonly folder: string;
  readonly platform: 'neutral' | 'node';
  /** The syntax that its oldest Node understands. */
  readonly target: string;
  /** Keep one file for each source file. Code that looks for files beside itself needs that. */
  readonly unbundled?: boolean;
  /** The folder of the compiled code. @default lib */
  readonly code?: string;
  /** Dependencies that are compiled in: those of so many files that loading them takes longer than all else. */
  readonly builtIn?: readonly string[];
  /** Files that the code starts or names instead of importing. */
  readonly more?: readonly string[];
  /** Files and folders by their place in the repository, and their place in the package. */
  readonly copies: Readonly<Record<string, string>>;
}

const neutral = { 'pipeline/LICENSE': 'LICENSE' };

export const packages: readonly Package[] = [
  {
    folder: 'pipeline/command',
    platform: 'node',
    target: 'node22',
    unbundled: true,
    more: ['pipeline/lint/plugin.ts'],
    copies: {
      ...neutral,
      'pipeline/forms/dist/try.html': 'lib/forms/dist/try.html',
      'node_modules/react/LICENSE': 'lib/LICENSE.react',
    },
  },
  { folder: 'pipeline/express', platform: 'node', target: 'node22', copies: neutral },
  { folder: 'pipeline/fetch', platform: 'neutral', target: 'es2022', copies: neutral },
  { folder: 'client', platform: 'neutral', target: 'es2022', copies: { LICENSE: 'LICENSE' } },
  {
    folder: 'server',
    platform: 'node',
    target: 'node24',
    // The server looks for its pages from two folders down, as in the repository.
    code: 'lib/server',
    // 257 files, which took half of the time until the first answer.
    builtIn: ['kysely'],
    copies: {
      LICENSE: 'LICENSE',
      'generated/openapi.json': 'generated/openapi.json',
      'generated/docs': 'generated/docs',
      'generated/admin/docs': 'generated/admin/docs',
      'server/console/dist': 'lib/console/dist',
      'node_modules/kysely/LICENSE': 'lib/LICENSE.kysely',
      'node_modules/react/LICENSE': 'lib/LICENSE.react',
      'node_modules/@tanstack/react-query/LICENSE': 'lib/LICENSE.tanstack-query',
    },
  },
];
