import { createRequire } from 'node:module';
import type Credentials from '@alicloud/credentials';
import type { CredentialsProvider } from '@alicloud/credentials';
import type OpenApi from '@alicloud/openapi-client';
import type TeaUtil from '@alicloud/tea-util';
import { proxyAgentFor } from './proxy.ts';
import { routeRequests } from './route-requests.ts';

// Required and not imported: for an import, Node first looks through all their files for names, which takes as long
// again as loading them.
const require = createRequire(import.meta.url);
const openApi = require('@alicloud/openapi-client') as typeof OpenApi;
const credentials = require('@alicloud/credentials') as typeof Credentials;
const teaUtil = require('@alicloud/tea-util') as typeof TeaUtil;

// Once, before anything can be sent: whoever makes a client or a credential gets the classes from here.
routeRequests(proxyAgentFor);

export const { default: OpenApiClient, Config, OpenApiRequest, Params } = openApi;
export type OpenApiClient = InstanceType<typeof OpenApiClient>;
export type Params = InstanceType<typeof Params>;
export const { RuntimeOptions } = teaUtil;
export const { default: Credential, CLIProfileCredentialsProvider, ProfileCredentialsProvider } = credentials;
export type { CredentialsProvider };
