/** The package `openapi-strict`, as openapi-strict.config.ts imports it. */
export {};
