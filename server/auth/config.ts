import type { components } from '../../generated/schema.ts';

/** The configuration of an authentication resource, in the form that CreateBackendAuth takes it. */
export type AuthConfig = components['schemas']['CreateBackendAuthResourceConfig'];
