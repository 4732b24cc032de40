import credentials from '@alicloud/credentials';
import openApi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { findAction } from '../../src/emulator/operations.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { CLOUD_CONFIG_ENDPOINTS } from '../../src/wire/cloud-config.ts';
import { RESOURCE_DIRECTORY_ENDPOINTS } from '../../src/wire/resource-directory.ts';
import { MANAGEMENT, worldState } from '../emulator/world.ts';

// Node hands out the whole CommonJS module as the default import, the test runner the class in it.
const OpenApiClient = (openApi as { default?: typeof openApi.default }).default ?? (openApi as never);
const Credential =
  (credentials as { default?: typeof credentials.default }).default ?? (credentials as never);

/**
 * What the contract is held against. `CONTRACT=china` or `CONTRACT=international` points the same tests at the
 * account of the official credentials chain, for which only reads are called; `CONTRACT_WRITES=yes` adds the writes
 * that leave nothing behind, `CONTRACT_ROLE=acs:ram::...` AssumeRole. Otherwise it is the emulator, with everything.
 */
export interface ContractTarget {
  readonly isReal: boolean;
  readonly mayWrite: boolean;
  /** A role that the caller may assume. */
  readonly role: string | undefined;
  /** Between two looks at something that takes its time. */
  readonly pauseMs: number;
  readonly send: (action: string, parameters: Parameters, key?: AccessKey) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

export type Answer = Record<string, unknown>;
export type Parameters = Readonly<Record<string, string>>;

export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

type Endpoints = Readonly<Record<string, string>>;

export async function openTarget(): Promise<ContractTarget> {
  const site = process.env['CONTRACT'];
  if (site === 'china' || site === 'international') return realTarget(site);
  return emulatedTarget();
}

function realTarget(site: 'china' | 'international'): ContractTarget {
  const endpoints = {
    ResourceDirectoryMaster: new URL(RESOURCE_DIRECTORY_ENDPOINTS[site]).host,
    Config: new URL(CLOUD_CONFIG_ENDPOINTS[site]).host,
    Sts: 'sts.aliyuncs.com',
  };
  return {
    isReal: true,
    mayWrite: process.env['CONTRACT_WRITES'] === 'yes',
    role: process.env['CONTRACT_ROLE'],
    pauseMs: 5000,
    send: (action, parameters, key) => send({ endpoints, protocol: 'HTTPS', action, parameters, key }),
    close: () => Promise.resolve(),
  };
}

async function emulatedTarget(): Promise<ContractTarget> {
  const role = `acs:ram::${MANAGEMENT}:role/Reader`;
  const behaviour = { latencyMs: 0, pendingMs: 20, contactDeletionMs: 400, memberDeletion: 'Enabled' };
  const quotas = { aggregators: 10 };
  const emulator = await startEmulator({ state: worldState({ behaviour, quotas, roles: [{ arn: role }] }) });
  const { host } = new URL(emulator.url);
  const endpoints = { ResourceDirectoryMaster: host, Config: host, Sts: host };
  return {
    isReal: false,
    mayWrite: true,
    role,
    pauseMs: 10,
    send: (action, parameters, key = DEFAULT_CREDENTIAL as AccessKey) =>
      send({ endpoints, protocol: 'HTTP', action, parameters, key }),
    close: () => emulator.close(),
  };
}

interface Sent {
  readonly endpoints: Endpoints;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly action: string;
  readonly parameters: Parameters;
  /** Left out: the official chain. */
  readonly key: AccessKey | undefined;
}

async function send({ endpoints, protocol, action, parameters, key }: Sent): Promise<Answer> {
  const { product = '', version = '' } = findAction(action)?.service ?? {};
  const signer = key === undefined ? { credential: new Credential() } : { ...key };
  const client = new OpenApiClient(new Config({ ...signer, endpoint: endpoints[product] ?? '', protocol }));
  const params = new Params({
    action,
    version,
    protocol,
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const inForm = /^(Create|Update|Delete)Aggregators?$/.test(action);
  const request = new OpenApiRequest(inForm ? { body: { ...parameters } } : { query: { ...parameters } });
  const answer = await client.callApi(params, request, new RuntimeOptions({}));
  return answer['body'] as Answer;
}
