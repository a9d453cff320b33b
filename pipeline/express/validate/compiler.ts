import { createRequire } from 'node:module';
import type * as framework from 'express-openapi-validator/dist/framework/ajv/index.js';
import type * as util from 'express-openapi-validator/dist/middlewares/util.js';
import { formats } from '../../document/formats.ts';
import type { Violation } from '../errors.ts';
import { multipleOf } from './multipleOf.ts';
import type { View } from './prepare.ts';
import { type Prepared, partId, type Report } from './prepared.ts';
import { tolerant } from './tolerant.ts';

// The parts that validate, by their path in a pinned version: what changes there fails `tsc`. The package's own entry
// finds the route of each request by the expressions of all paths, and decodes queries by rules stricter than OpenAPI's.
// Its middleware parses the URL and the content type anew for each check: all but a tenth of what a check takes.
const require = createRequire(import.meta.url);

/** Schemas that others refer to, by their names. A name means the same throughout. */
export type Parts = Readonly<Record<string, Prepared>>;

/** Checks a value, and answers how it breaks its schema. Fills in defaults where it was made for requests. */
export type Check = (value: object) => readonly Violation[];

interface CompilerOptions {
  /** Whether every violation is wanted, or the first alone, which is much less work on a large value. */
  readonly all: boolean;
  /** Whether members that every object inherits are told from those that were sent, which costs time. */
  readonly own: boolean;
  readonly report: Report;
}

const options = ({ all, own, report }: CompilerOptions) => ({
  ownProperties: own,
  allErrors: all,
  strict: false as const,
  strictNumbers: true,
  // Nothing is checked against the schema of schemas, which would be compiled for each compiler.
  validateSchema: false,
  meta: false as const,
  validateFormats: true,
  formats,
  ajvFormats: { mode: 'fast' as const },
  keywords: [multipleOf],
  // Optimizing its code takes the compiler a third of its time; V8 does the same to what runs often.
  code: { regExp: tolerant(report), optimize: false },
  logger: false as const,
});

const head = { openapi: '3.1.0', info: { title: '', version: '' }, paths: {} };

/**
 * express-openapi-validator's compiler of checks, one for an app and a direction. The schemas of each operation are handed
 * to it at the operation's first request. What several of them refer to is compiled once.
 */
export class Compiler {
  readonly #ajv: ReturnType<typeof framework.createRequestAjv>;
  readonly #util: typeof util;
  readonly #known = new Set<string>();

  constructor(view: View, given: CompilerOptions) {
    const { createRequestAjv, createResponseAjv } =
      require('express-openapi-validator/dist/framework/ajv/index.js') as typeof framework;
    this.#util = require('express-openapi-validator/dist/middlewares/util.js') as typeof util;
    this.#ajv =
      view === 'request'
        ? createRequestAjv(head as never, { ...options(given), useDefaults: true } as never)
        : createResponseAjv(head as never, options(given) as never);
  }

  /** `key` is the schema's own. Throws where the schema can't be compiled. */
  compile(key: string, schema: Prepared, parts: Parts): Check {
    for (const [name, part] of Object.entries(parts)) {
      if (this.#known.has(name)) continue;
      this.#known.add(name);
      this.#ajv.addSchema(part, partId(name));
    }
    const { augmentAjvErrors, ajvErrorsToValidatorError, useAjvCache } = this.#util;
    const check = useAjvCache(this.#ajv, schema as object, key);
    return (value) => {
      if (check(value) === true) return NONE;
      const { errors } = ajvErrorsToValidatorError(STATUS, augmentAjvErrors(check.errors as never));
      return errors as Violation[];
    };
  }
}

const NONE: readonly Violation[] = [];
const STATUS = 400; // what it makes of the errors has a place for one
