import { join } from 'node:path';
import ts from 'typescript';

/** A name that a module exports, as its reader needs it. */
export interface Declaration {
  readonly name: string;
  readonly kind: 'class' | 'function' | 'interface' | 'type' | 'value';
  /** Its doc comment, as one paragraph. */
  readonly about: string;
  /** Whether it describes an operation to the fetch client. */
  readonly isOperation: boolean;
  /** The members of an interface or a class, but for those from other packages. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly about: string;
  /** The text of `@default`. */
  readonly fallback: string | undefined;
}

/** Reads modules by TypeScript's own checker, so that a re-export is what it stands for. */
export class Declarations {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #root: string;

  constructor(root: string, modules: readonly string[]) {
    const read = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, root);
    this.#root = root;
    this.#program = ts.createProgram(
      modules.map((module) => join(root, module)),
      options,
    );
    this.#checker = this.#program.getTypeChecker();
  }

  /** All that a module exports, in the order of the alphabet. */
  exportsOf(module: string): Declaration[] {
    const source = this.#program.getSourceFile(join(this.#root, module));
    const symbol = source && this.#checker.getSymbolAtLocation(source);
    if (symbol === undefined) throw new Error(`${module} exports nothing.`);
    return this.#checker
      .getExportsOfModule(symbol)
      .map((one) => this.#declarationOf(one))
      .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  }

  /** One name of a module, exported or not. */
  named(module: string, name: string): Declaration {
    const found = this.exportsOf(module).find((one) => one.name === name);
    if (found === undefined) throw new Error(`${module} exports no ${name}.`);
    return found;
  }

  #declarationOf(exported: ts.Symbol): Declaration {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(exported) : exported;
    return {
      name: exported.name,
      kind: kindOf(symbol),
      about: this.#about(symbol) || openingOf(symbol),
      isOperation: isOperation(symbol),
      members: this.#membersOf(symbol),
    };
  }

  #membersOf(symbol: ts.Symbol): Member[] {
    if (!(symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class))) return [];
    const members = this.#checker.getPropertiesOfType(this.#checker.getDeclaredTypeOfSymbol(symbol));
    return members.flatMap((member) => {
      const declaration = member.valueDeclaration ?? member.declarations?.[0];
      const about = this.#about(member);
      if (declaration === undefined || isFromLibrary(declaration)) return [];
      return [
        {
          name: member.name,
          type: typeText(declaration),
          isOptional: (member.flags & ts.SymbolFlags.Optional) !== 0,
          about,
          fallback: this.#tag(member, 'default'),
        },
      ];
    });
  }

  #about(symbol: ts.Symbol): string {
    return joined(ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)));
  }

  #tag(symbol: ts.Symbol, name: string): string | undefined {
    const tag = symbol.getJsDocTags(this.#checker).find((one) => one.name === name);
    return tag && joined(ts.displayPartsToString(tag.text));
  }
}

function kindOf({ flags, valueDeclaration }: ts.Symbol): Declaration['kind'] {
  if (flags & ts.SymbolFlags.Class) return 'class';
  if (flags & ts.SymbolFlags.Interface) return 'interface';
  if (flags & ts.SymbolFlags.TypeAlias) return 'type';
  if (flags & ts.SymbolFlags.Function) return 'function';
  const isArrow =
    valueDeclaration !== undefined &&
    ts.isVariableDeclaration(valueDeclaration) &&
    valueDeclaration.initializer !== undefined &&
    ts.isArrowFunction(valueDeclaration.initializer);
  return isArrow ? 'function' : 'value';
}

/** The comment that a module exported as a namespace begins with. */
function openingOf({ flags, valueDeclaration }: ts.Symbol): string {
  if (!(flags & ts.SymbolFlags.ValueModule) || valueDeclaration === undefined) return '';
  const [, text = ''] = /^\/\*\* (.*?) \*\//s.exec(valueDeclaration.getSourceFile().text) ?? [];
  return joined(text);
}

const isOperation = ({ valueDeclaration }: ts.Symbol): boolean =>
  valueDeclaration !== undefined &&
  ts.isVariableDeclaration(valueDeclaration) &&
  /^Operation</.test(valueDeclaration.type?.getText() ?? '');

/** A member's type as it is written. */
function typeText(declaration: ts.Declaration): string {
  if (ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration)) {
    const parameters = declaration.parameters.map((one) => one.getText()).join(', ');
    return joined(`(${parameters}) => ${declaration.type?.getText() ?? 'void'}`);
  }
  const { type } = declaration as ts.PropertySignature;
  return joined(type?.getText() ?? '');
}

const isFromLibrary = (declaration: ts.Declaration): boolean =>
  /\/node_modules\/(@types|typescript)\//.test(declaration.getSourceFile().fileName);

const joined = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
