import { HttpsProxyAgent } from 'https-proxy-agent';

type NameOptions = Parameters<HttpsProxyAgent<string>['getName']>[0];

/**
 * Reaches https addresses through a proxy. The library finds out from the call stack that they are https, which no
 * longer shows it once a tunnel stands (9.1.0): then no tunnel would ever be used twice.
 */
export class TunnelAgent extends HttpsProxyAgent<string> {
  override getName(options?: NameOptions): string {
    return super.getName({ ...options, secureEndpoint: true } as NameOptions);
  }
}
