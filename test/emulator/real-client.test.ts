import openApi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { BIG, CUSTOM, FINANCE, LEDGER, SECOPS, worldState } from './world.ts';

// Node hands out the whole CommonJS module as the default import, the test runner the class in it.
const OpenApiClient = (openApi as { default?: typeof openApi.default }).default ?? (openApi as never);

let emulator: RunningEmulator | undefined;
afterEach(async () => emulator?.close());

interface ClientOptions {
  readonly secret?: string;
  readonly accessKeyId?: string;
  readonly securityToken?: string;
  readonly signatureAlgorithm?: string;
}

async function clientOf(options: ClientOptions = {}, state = worldState()) {
  emulator = await startEmulator({ state });
  return new OpenApiClient(
    new Config({
      accessKeyId: options.accessKeyId ?? DEFAULT_CREDENTIAL.accessKeyId,
      accessKeySecret: options.secret ?? DEFAULT_CREDENTIAL.accessKeySecret,
      securityToken: options.securityToken,
      signatureAlgorithm: options.signatureAlgorithm,
      endpoint: emulator.url.replace('http://', ''),
      protocol: 'HTTP',
    }),
  );
}

type Client = Awaited<ReturnType<typeof clientOf>>;

interface Sent {
  readonly action: string;
  readonly version?: string;
  readonly query?: Record<string, string>;
  readonly form?: Record<string, string>;
}

async function call(client: Client, { action, version = '2022-04-19', query, form }: Sent): Promise<string> {
  const params = new Params({
    action,
    version,
    protocol: 'HTTP',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'string',
  });
  const request = new OpenApiRequest({
    ...(query === undefined ? {} : { query }),
    ...(form === undefined ? {} : { body: form }),
  });
  const answer = await client.callApi(params, request, new RuntimeOptions({}));
  return String(answer['body']);
}

const bindTwo: Sent = {
  action: 'AssociateMembers',
  query: { ContactId: FINANCE, 'Members.1': LEDGER, 'Members.2': BIG },
};

const replaceAccounts: Sent = {
  action: 'UpdateAggregator',
  version: '2020-09-07',
  form: {
    AggregatorId: CUSTOM,
    AggregatorAccounts: `[{"AccountId":${BIG},"AccountName":"Größe & Söhne (1)*","AccountType":"ResourceDirectory"}]`,
    ClientToken: 'token-1',
  },
};

describe('the official client', () => {
  it.each([
    ['V3', undefined],
    ['V1', 'v2'],
  ])('is accepted with a query-parameter call signed by %s', async (_, signatureAlgorithm) => {
    const client = await clientOf(signatureAlgorithm === undefined ? {} : { signatureAlgorithm });
    const body = JSON.parse(await call(client, bindTwo)) as { Members: { MemberId: string }[] };
    expect(body.Members.map(({ MemberId }) => MemberId)).toEqual([LEDGER, BIG]);
    expect(emulator?.cloud.snapshot().contacts[1]?.members).toEqual([LEDGER, BIG]);
  });

  it.each([
    ['V3', undefined],
    ['V1', 'v2'],
  ])('is accepted with a form-body call signed by %s', async (_, signatureAlgorithm) => {
    const client = await clientOf(signatureAlgorithm === undefined ? {} : { signatureAlgorithm });
    expect(JSON.parse(await call(client, replaceAccounts))).toMatchObject({ AggregatorId: CUSTOM });
    const query = { AggregatorId: CUSTOM };
    const read = await call(client, { action: 'GetAggregator', version: '2020-09-07', query });
    expect(read).toContain(`"AggregatorAccounts":[{"AccountId":${BIG},"AccountName":"Größe & Söhne (1)*"`);
  });

  it('is accepted with an odd query: spaces, signs and other letters', async () => {
    const client = await clientOf();
    const query = { QueryKeyword: "a b+c&d=e/ü'(*)~!", PageSize: '100' };
    expect(JSON.parse(await call(client, { action: 'ListAccounts', query }))).toMatchObject({
      TotalCount: 0,
    });
  });

  it('is accepted with a security token that matches the credential', async () => {
    const credential = {
      accessKeyId: 'STS.Example',
      accessKeySecret: 'sts-secret',
      securityToken: 'sts-token',
    };
    const options = { accessKeyId: 'STS.Example', secret: 'sts-secret', securityToken: 'sts-token' };
    const client = await clientOf(options, worldState({ credentials: [credential] }));
    const body = await call(client, { action: 'GetMessageContact', query: { ContactId: SECOPS } });
    expect(JSON.parse(body)).toMatchObject({ Contact: { ContactId: SECOPS } });
  });

  it.each([
    ['a wrong secret', { secret: 'wrong' }, 'SignatureDoesNotMatch'],
    ['a wrong secret in V1', { secret: 'wrong', signatureAlgorithm: 'v2' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { accessKeyId: 'Nobody' }, 'InvalidAccessKeyId.NotFound'],
    ['a token that the key does not have', { securityToken: 'x' }, 'InvalidSecurityToken.Malformed'],
  ])('is refused with %s', async (_, options, code) => {
    const client = await clientOf(options);
    await expect(call(client, bindTwo)).rejects.toMatchObject({ code });
    expect(emulator?.cloud.snapshot().contacts[1]?.members).toEqual([]);
    expect(emulator?.cloud.calls()).toMatchObject([{ action: 'AssociateMembers', code, applied: false }]);
  });
});
