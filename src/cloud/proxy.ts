import type { Agent } from 'node:http';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { isLoopback } from './endpoint.ts';

type NameOptions = Parameters<HttpsProxyAgent<string>['getName']>[0];

/**
 * Everything that takes a proxy here is https. The library finds that out from the call stack, which no longer
 * shows it once a tunnel stands (9.1.0): then no tunnel would ever be used twice.
 */
class TunnelAgent extends HttpsProxyAgent<string> {
  override getName(options?: NameOptions): string {
    return super.getName({ ...options, secureEndpoint: true } as NameOptions);
  }
}

/** One agent a proxy: it keeps the tunnels that stand. */
const agents = new Map<string, Agent>();

/**
 * The way through the proxy of the environment (HTTPS_PROXY, NO_PROXY), where there is one for that address.
 * What is on this machine is reached without. @throws never: a proxy that is no address is none
 */
export function proxyAgentFor(url: string): Agent | undefined {
  const proxy = proxyFor(url);
  if (proxy === undefined) return undefined;
  const known = agents.get(proxy.href);
  if (known !== undefined) return known;
  const agent = new TunnelAgent(proxy, { keepAlive: true });
  agents.set(proxy.href, agent);
  return agent;
}

/** Host and port of the proxy for an address, without name and password; undefined for none. */
export const proxyHostFor = (url: string): string | undefined => proxyFor(url)?.host;

function proxyFor(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined;
  const target = new URL(url);
  // What is not https is a metadata service of this machine's own network.
  if (target.protocol !== 'https:' || isLoopback(target)) return undefined;
  const written = getProxyForUrl(url);
  return URL.canParse(written) ? new URL(written) : undefined;
}
