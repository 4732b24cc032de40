/**
 * Whether the terminal is said to show nothing but ASCII: a locale is set, and it names no Unicode encoding.
 * Where none is set, as in cron, the lines go to a file or a mail, which can hold all letters.
 * Source: POSIX, Base Definitions 8.2: LC_ALL wins over LC_CTYPE, which wins over LANG.
 */
export function isAsciiOnly(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale !== undefined && !/utf-?(?:8|16)|gb18030/i.test(locale);
}
