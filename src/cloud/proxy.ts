import type { Agent } from 'node:http';
import { getProxyForUrl } from 'proxy-from-env';
import { isLoopback } from './endpoint.ts';

/** One agent a proxy: it keeps the tunnels that stand. */
const agents = new Map<string, Promise<Agent>>();

/**
 * The way through the proxy of the environment (HTTPS_PROXY, NO_PROXY), where there is one for that address.
 * What is on this machine is reached without. @throws never: a proxy that is no address is none
 */
export async function proxyAgentFor(url: string): Promise<Agent | undefined> {
  const proxy = proxyFor(url);
  if (proxy === undefined) return undefined;
  const known = agents.get(proxy.href);
  if (known !== undefined) return known;
  const agent = createAgent(proxy);
  agents.set(proxy.href, agent);
  return agent;
}

/** Most runs have no proxy, and the library takes longer to load than a call to answer. */
async function createAgent(proxy: URL): Promise<Agent> {
  const { TunnelAgent } = await import('./tunnel-agent.ts');
  return new TunnelAgent(proxy, { keepAlive: true });
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
