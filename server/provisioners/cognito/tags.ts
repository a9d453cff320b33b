/** The tags that may be sent: those of CloudFormation and other services can't be, and stay where they are left out. */
export const ownTags = (tags: Record<string, string> | undefined): Record<string, string> | undefined =>
  tags && Object.fromEntries(Object.entries(tags).filter(([name]) => !name.toLowerCase().startsWith('aws:')));
