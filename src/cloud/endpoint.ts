const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

/** Whether only this machine can answer under that host. */
export const isLoopback = (url: URL): boolean => LOOPBACK.test(url.hostname);

/**
 * Signed requests go to Alibaba Cloud over https, or to this machine.
 * @throws EndpointError when the URL leads anywhere else, or carries more than scheme, host and port
 */
export function checkEndpoint(url: URL): URL {
  const problem = endpointProblem(url);
  if (problem !== undefined) throw new EndpointError(`endpoint ${url.protocol}//${url.host} ${problem}`);
  return url;
}

function endpointProblem(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return 'is neither http nor https; write https://HOST';
  if (url.username !== '' || url.password !== '') return 'carries a user name or password; leave it out';
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return 'has a path or a query; leave it out';
  if (isLoopback(url)) return undefined;
  if (url.protocol === 'http:') return 'is not encrypted; http is for loopback hosts only, use https';
  if (!url.hostname.endsWith('.aliyuncs.com'))
    return 'is not a host of aliyuncs.com; correct it, or leave it out and choose --site';
  return undefined;
}
