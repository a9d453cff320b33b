/** The package `openapi-strict`, for `openapi-strict.config.ts`. */
export { type Config, type DocumentConfig, defineConfig } from '../gen/config.ts';
