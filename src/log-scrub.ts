import { maskPersonalData } from './report/personal-data.ts';

/** How a line of the log is written, with secrets taken out. */
export type LineFormat = (line: string, secrets: Iterable<string>) => string;

const REDACTED = '[redacted]';

/** Request parameters and headers whose values are secret, in any of their spellings. */
const SECRET_NAME = String.raw`(?:x-acs-)?(?:signature|access-?key-?id|access-?key-?secret|security-?token)`;
const HIDDEN_KEY = new RegExp(
  `^(?:${SECRET_NAME}|(?:proxy-)?authorization|password|secret|(?:email|phone|mobile)(?:-?address|-?number)?)$`,
  'i',
);

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b((?:proxy-)?authorization)\b["']?\s*[:=][^\r\n]*/gi, `$1: ${REDACTED}`],
  [new RegExp(String.raw`\b(${SECRET_NAME})\b["']?\s*[:=]\s*["']?[^\s&"',;{}]+`, 'gi'), `$1=${REDACTED}`],
  [/(?<![A-Za-z0-9])(?:LTAI[A-Za-z0-9]{8,}|(?:STS|TMP)\.[A-Za-z0-9]{8,})/g, REDACTED],
  // A request address carries the ids and the signature in its query.
  [/(https?:\/\/[^\s?"']{1,2000})\?[^\s"']*/gi, `$1?${REDACTED}`],
];

/** Shorter ones would take ordinary words out of the log. */
const SHORTEST_SECRET = 4;

/** A text without the given secrets, without what looks like one, and without e-mail addresses and phone numbers. */
function scrubText(text: string, secrets: Iterable<string>): string {
  let scrubbed = text;
  for (const spelling of spellings(secrets)) scrubbed = scrubbed.replaceAll(spelling, REDACTED);
  for (const [pattern, replacement] of PATTERNS) scrubbed = scrubbed.replace(pattern, replacement);
  return maskPersonalData(scrubbed);
}

/**
 * The same for every text in a log record, at any depth and in keys.
 * @param shape  applied to each text after it was scrubbed, with the key it stands under
 */
function scrubRecord(
  value: unknown,
  secrets: Iterable<string>,
  shape: (text: string, key: string) => string,
  key = '',
): unknown {
  if (HIDDEN_KEY.test(key)) return REDACTED;
  if (typeof value === 'string') return shape(scrubText(value, secrets), key);
  if (Array.isArray(value)) return value.map((item) => scrubRecord(item, secrets, shape, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      shape(scrubText(name, secrets), name),
      scrubRecord(item, secrets, shape, name),
    ]),
  );
}

/** The same for a line of the log as pino makes it. */
export function scrubLine(
  line: string,
  secrets: Iterable<string>,
  shape: (text: string, key: string) => string,
): object {
  try {
    const record: unknown = JSON.parse(line);
    return scrubRecord(record, secrets, shape) as object;
  } catch {
    // A line that is not JSON has no parts to look at; it is scrubbed as a whole.
    return { level: 30, msg: shape(scrubText(line.trimEnd(), secrets), 'msg') };
  }
}

/** Longest first, so that a secret inside another leaves nothing of it; as it is and as an address spells it. */
function spellings(secrets: Iterable<string>): string[] {
  const all = [...secrets].filter((secret) => secret.length >= SHORTEST_SECRET);
  return [...new Set(all.flatMap((secret) => [secret, encodeURIComponent(secret)]))].sort(
    (a, b) => b.length - a.length,
  );
}
