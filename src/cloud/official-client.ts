import credentials from '@alicloud/credentials';
import openApi from '@alicloud/openapi-client';
import { proxyAgentFor } from './proxy.ts';
import { routeRequests } from './route-requests.ts';

// Once, before anything can be sent: whoever makes a client or a credential gets the classes from here.
routeRequests(proxyAgentFor);

/**
 * The two classes that the official CommonJS packages export as `default`. Node hands out the whole module as
 * the default import, bundlers and test runners the class itself: both are taken.
 */
export const OpenApiClient = unwrap<typeof openApi.default>(openApi);
export type OpenApiClient = InstanceType<typeof OpenApiClient>;
export const Credential = unwrap<typeof credentials.default>(credentials);

function unwrap<Class>(imported: { readonly default: Class } | Class): Class {
  const wrapped = imported as { readonly default?: Class };
  return wrapped.default ?? (imported as Class);
}
