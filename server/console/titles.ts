/** Words that are not written as their letters in a member's name are. */
const WORDS: Readonly<Record<string, string>> = {
  arn: 'ARN',
  ui: 'UI',
  mfa: 'MFA',
  sms: 'SMS',
  id: 'ID',
  oauth: 'OAuth',
  uris: 'URIs',
  uri: 'URI',
};

/** A member's name in words: `redirectSignInURIs` is `Redirect sign in URIs`. */
export function titleOf(name: string): string {
  const words = name
    .replace(/oAuth/g, 'Oauth')
    .replace(/URIs/g, 'Uris')
    .replace(/_/g, ' ')
    .replace(/([a-z\d])([A-Z])|([A-Z]+)([A-Z][a-z])/g, '$1$3 $2$4')
    .split(' ')
    .map((word) => WORDS[word.toLowerCase()] ?? (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
