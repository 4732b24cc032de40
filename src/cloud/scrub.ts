/** What a message may not carry, and what stands in its place. Order matters: addresses go before their parts. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // SignatureDoesNotMatch recites the whole canonical request after these words.
  [/\s*,?\s*(?:server\s+)?(?:string\s*to\s*sign|canonical\s*request)\b[^]*$/i, ' [request left out]'],
  // So does whatever recites the request's headers.
  [/["']?\b(?:x-acs-|ACS3-HMAC)[^]*$/i, '[request left out]'],
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[address]'],
  [/[?&][\w.%-]+=\S*/g, '[parameters]'],
  [
    /\b(access_?key_?(?:id|secret)?|signature|security_?token|authorization|credential|secret|token|password)\s*[=:]\s*["']?[^\s,;"']+/gi,
    '$1=[hidden]',
  ],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu, '[e-mail]'],
  [/\b(?:LTAI|STS\.|TMP\.)[A-Za-z0-9._-]{6,}/g, '[access key]'],
  [/\b[A-Fa-f0-9]{64}\b/g, '[hash]'],
  [/[A-Za-z0-9+/]{27}=/g, '[signature]'],
  [/[A-Za-z0-9+/_=-]{80,}/g, '[token]'],
  // Phone numbers: with a country code, or a mainland mobile number that stands alone. Account ids have 16 digits.
  [/\+\d[\d -]{6,}\d/g, '[phone]'],
  [/\b\d{1,3}-\d{6,14}\b/g, '[phone]'],
  [/(?<!\d)1[3-9]\d{9}(?!\d)/g, '[phone]'],
];

const MAX_LENGTH = 300;

/**
 * Free text of a service, on one line, at most 300 characters, without request addresses, parameters,
 * credentials, e-mail addresses and phone numbers.
 * @param secrets  values that must not appear whatever they look like: the credentials in use
 */
export function scrub(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '[hidden]');
  for (const [pattern, substitute] of RULES) clean = clean.replace(pattern, substitute);
  // Control characters could fake lines of a log.
  clean = clean.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH - 1)}…` : clean;
}
