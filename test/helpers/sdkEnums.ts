import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as sdk from '@aws-sdk/client-amplifybackend';
import ts from 'typescript';

/** The values of an enum of the SDK, which exports each as an object. */
export function sdkEnum(name: string): readonly string[] | undefined {
  const found = (sdk as Readonly<Record<string, unknown>>)[name];
  const isEnum = typeof found === 'object' && found !== null && !Array.isArray(found);
  return isEnum ? Object.values(found) : undefined;
}

/** The enum of a member, by the names of the structure and the member. To the SDK's schema it is just a string. */
export function enumOf(structure: string, member: string): string | undefined {
  return members.get(`${structure}.${member}`);
}

// Only the SDK's type declarations say which member has which enum.
const file = createRequire(import.meta.url).resolve('@aws-sdk/client-amplifybackend/dist-types/models/models_0.d.ts');
const members = new Map<string, string>();
ts.forEachChild(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest), (node) => {
  if (!ts.isInterfaceDeclaration(node)) return;
  for (const member of node.members) {
    if (!ts.isPropertySignature(member) || !member.type || !ts.isIdentifier(member.name)) continue;
    const name = namedIn(member.type);
    if (name && sdkEnum(name)) members.set(`${node.name.text}.${member.name.text}`, name);
  }
});

/** The first named type in `X | undefined` or `X[] | undefined`. */
function namedIn(type: ts.TypeNode): string | undefined {
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) return type.typeName.text;
  if (ts.isArrayTypeNode(type)) return namedIn(type.elementType);
  if (ts.isUnionTypeNode(type)) return type.types.map(namedIn).find((name) => name !== undefined);
  return undefined;
}
