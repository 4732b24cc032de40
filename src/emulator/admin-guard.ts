import type { HttpCall } from './http-call.ts';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Why an admin call is turned away, or undefined. A page of another site can make a browser send requests here, or
 * let its own name lead here to read the answers (DNS rebinding); programs send no Origin and no Sec-Fetch-Site.
 */
export function adminRefusal(call: HttpCall): string | undefined {
  const host = call.headers['host'] ?? '';
  if (!LOOPBACK.test(host)) return 'this is for the machine itself; address it as 127.0.0.1 or localhost';
  if (call.method === 'GET') return undefined;
  const origin = call.headers['origin'] ?? `http://${host}`;
  const site = call.headers['sec-fetch-site'] ?? 'none';
  if (origin === `http://${host}` && ['none', 'same-origin'].includes(site)) return undefined;
  return "a page of another site may not change the emulator; use the emulator's own page, or a program";
}
