import type { Agent } from 'node:http';
import { createRequire } from 'node:module';

/** Of httpx, the function below both official packages. */
interface HttpModule {
  request: (url: string, options?: Options) => Promise<unknown>;
}

interface Options {
  readonly agent?: Agent;
}

/** From the packages that we depend on down to the one that sends. */
const WAYS_DOWN = [
  ['@alicloud/openapi-client', '@alicloud/tea-typescript', 'httpx'],
  ['@alicloud/credentials', 'httpx'],
] as const;

/**
 * Lets every request of the official packages take an agent. They accept proxy options and ignore them
 * (aliyun/alibabacloud-typescript-sdk issue 5), and hand no agent down to httpx, which would use it. So the one
 * function that they both call through their module is wrapped; nothing else about a request changes.
 * @param agentFor  undefined for the way that the request would take anyway
 */
export function routeRequests(agentFor: (url: string) => Promise<Agent | undefined>): void {
  const modules = new Set(WAYS_DOWN.map(moduleAt));
  for (const module of modules) {
    const send = module.request;
    module.request = async (url, options = {}) => {
      const agent = options.agent ?? (await agentFor(url));
      return send(url, agent === undefined ? options : { ...options, agent });
    };
  }
}

/** Resolved as each package on the way does it, so that it is the very module that is called. */
function moduleAt(way: readonly string[]): HttpModule {
  const names = way.slice(0, -1);
  const from = names.reduce((file, name) => createRequire(file).resolve(name), import.meta.url);
  return createRequire(from)(way.at(-1) ?? '') as HttpModule;
}
