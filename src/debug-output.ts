/** Modules of Node that print requests with their headers, or whole sockets, when NODE_DEBUG names them. */
const PRINTS_REQUESTS = /\*|^_?(?:https?|http2|net|tls|stream)/i;

/**
 * Node prints what NODE_DEBUG asks for past every log, tokens and keys included, and cannot be told not to once it
 * runs. @returns why the program does not start, in one line; undefined where nothing is in the way
 */
export function debugOutputProblem(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const modules = (env['NODE_DEBUG'] ?? '').split(',').map((name) => name.trim());
  const telling = modules.filter((name) => PRINTS_REQUESTS.test(name));
  if (telling.length === 0) return undefined;
  return `NODE_DEBUG=${telling.join(',')} would print requests with their keys and tokens; unset it, and use --log-level trace`;
}
