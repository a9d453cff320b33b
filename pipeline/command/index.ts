/** The package `openapi-strict`, as openapi-strict.config.ts imports it. */
export { type Config, type DocumentConfig, defineConfig } from '../gen/config.ts';
