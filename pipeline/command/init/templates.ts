/** The files that `init` writes once, and that belong to the project from then on. */
export const tsconfig = `{
  "compilerOptions": {
    "target": "es2024",
    "lib": ["es2024", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"],
    "module": "nodenext",
    "types": ["node"],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "verbatimModuleSyntax": true,
    "erasableSyntaxOnly": true,
    "allowImportingTsExtensions": true,
    "resolveJsonModule": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["client", "generated", "server", "openapi-strict.config.ts"]
}
`;

export const configFile = (path: string): string => `import { defineConfig } from 'openapi-strict';

export default defineConfig({
  documents: [{ spec: ${JSON.stringify(path).replaceAll("'", "\\'").replaceAll(/^"|"$/g, "'")} }],
});
`;
