import document from '../../generated/openapi.json' with { type: 'json' };

const schemas = document.components.schemas;
type Providers = (typeof schemas)['SocialProviderSettings']['properties'];

/** A social provider that the contract names; it is open to others, which Cognito has no form for. */
export type SocialProvider = keyof Providers;

/** The members that Cognito wants of each provider: all that the contract names. */
export const PROVIDER_MEMBERS = Object.fromEntries(
  Object.entries(schemas.SocialProviderSettings.properties).map(([name, { $ref }]) => {
    const schema = schemas[$ref.split('/').at(-1) as keyof typeof schemas] as { properties: object };
    return [name, Object.keys(schema.properties)];
  }),
) as unknown as Readonly<Record<SocialProvider, readonly string[]>>;
