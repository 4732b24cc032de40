import { describe, expect, it } from 'vitest';
import { createCloudWriter } from '../../src/cloud/cloud-writer.ts';
import type { AccountId, AggregatorId, ContactId } from '../../src/model/ids.ts';
import { failureOf, refusingCall, scriptedCall } from './support/calls.ts';

const CONTACT = 'c-qL4HqKONzOM7a1b2' as ContactId;
const GROUP = 'ca-dacf86d8314e00eb1234' as AggregatorId;
const BIG = '9738084522671235';
const memberAnswer = (...ids: readonly string[]) => ({
  RequestId: 'R-1',
  Members: ids.map((MemberId) => ({ ContactId: CONTACT, MemberId, ModifyDate: '2026-11-21 08:00:00' })),
});

describe.each([
  ['AssociateMembers', 'associateMembers'],
  ['DisassociateMembers', 'disassociateMembers'],
] as const)('%s', (action, method) => {
  it('sends the members flattened, digit for digit, and gives the receipt', async () => {
    const { call, requests } = scriptedCall(memberAnswer('fd-2', BIG));
    expect(await createCloudWriter(call)[method](CONTACT, [BIG, 'fd-2'])).toEqual({ requestId: 'R-1' });
    expect(requests).toEqual([
      { service: 'directory', action, query: { ContactId: CONTACT, 'Members.1': BIG, 'Members.2': 'fd-2' } },
    ]);
  });

  it('takes member ids that come as JSON numbers above 2^53', async () => {
    const { call } = scriptedCall(`{"RequestId":"R-1","Members":[{"MemberId":${BIG}}]}`);
    expect(await createCloudWriter(call)[method](CONTACT, [BIG])).toEqual({ requestId: 'R-1' });
  });

  it.each([
    ['fewer members', memberAnswer(BIG), 'Members'],
    ['more members', memberAnswer(BIG, 'fd-2', 'fd-3'), 'Members'],
    ['other members', memberAnswer(BIG, 'fd-3'), 'Members'],
    ['one digit less', memberAnswer('fd-2', '9738084522671236'), 'Members'],
    ['no members', { RequestId: 'R-1' }, 'Members'],
    ['members as text', { RequestId: 'R-1', Members: [BIG, 'fd-2'] }, 'Members[0]'],
    ['no request id', { Members: memberAnswer(BIG, 'fd-2').Members }, 'RequestId'],
  ])('does not know the effect when the answer names %s', async (_, answer, missing) => {
    const failure = await failureOf(
      createCloudWriter(scriptedCall(answer).call)[method](CONTACT, [BIG, 'fd-2']),
    );
    expect(failure).toEqual({
      class: 'unknown-effect',
      code: 'Unreadable',
      message: `the answer to ${action} has no ${missing} as documented`,
      httpStatus: 200,
      requestId: 'REQ-1',
      retryAfterMs: undefined,
    });
  });

  it.each([
    ['none', []],
    ['six', ['1', '2', '3', '4', '5', '6'].map((n) => `fd-${n}`)],
    ['one twice', ['fd-1', 'fd-1']],
  ])('refuses a call with %s, and sends nothing', async (_, wireIds) => {
    const { call, requests } = scriptedCall(memberAnswer(...wireIds));
    const failure = await failureOf(createCloudWriter(call)[method](CONTACT, wireIds));
    expect(failure).toMatchObject({ class: 'defect', code: 'MalformedCall', httpStatus: undefined });
    expect(requests).toEqual([]);
  });

  it('passes a refusal on as it is', async () => {
    const writer = createCloudWriter(refusingCall('InvalidMember'));
    expect((await failureOf(writer[method](CONTACT, [BIG]))).code).toBe('InvalidMember');
  });
});

describe('UpdateAggregator', () => {
  const member = (id: string, name?: string) => ({ id: id as AccountId, name });
  const answer = { RequestId: 'R-1', AggregatorId: GROUP };

  it('sends the whole list as JSON text, ids as bare numbers, digit for digit', async () => {
    const { call, requests } = scriptedCall(answer);
    const accounts = [member(BIG, 'To"ny 张'), member('1738084522671234'), member('0738084522671234')];
    expect(await createCloudWriter(call).updateAggregatorAccounts(GROUP, accounts, 'token-1')).toEqual({
      requestId: 'R-1',
    });
    expect(requests).toEqual([
      {
        service: 'config',
        action: 'UpdateAggregator',
        form: {
          AggregatorId: GROUP,
          AggregatorAccounts:
            '[{"AccountId":9738084522671235,"AccountName":"To\\"ny 张","AccountType":"ResourceDirectory"},' +
            '{"AccountId":1738084522671234,"AccountType":"ResourceDirectory"},' +
            '{"AccountId":"0738084522671234","AccountType":"ResourceDirectory"}]',
          ClientToken: 'token-1',
        },
      },
    ]);
  });

  it.each([
    ['another group', { RequestId: 'R-1', AggregatorId: 'ca-other' }, 'AggregatorId'],
    ['no group', { RequestId: 'R-1' }, 'AggregatorId'],
    ['no request id', { AggregatorId: GROUP }, 'RequestId'],
  ])('does not know the effect when the answer names %s', async (_, body, missing) => {
    const update = createCloudWriter(scriptedCall(body).call).updateAggregatorAccounts(
      GROUP,
      [member(BIG)],
      't',
    );
    const failure = await failureOf(update);
    expect(failure).toMatchObject({ class: 'unknown-effect', code: 'Unreadable' });
    expect(failure.message).toBe(`the answer to UpdateAggregator has no ${missing} as documented`);
  });

  it.each([
    ['an empty list', [], 'token'],
    ['an account twice', [member(BIG), member(BIG, 'Tony')], 'token'],
    ['an empty token', [member(BIG)], ''],
    ['a token of 65 characters', [member(BIG)], 't'.repeat(65)],
    ['a token that is not ASCII', [member(BIG)], 'tökén'],
  ])('refuses %s, and sends nothing', async (_, accounts, token) => {
    const { call, requests } = scriptedCall(answer);
    const failure = await failureOf(createCloudWriter(call).updateAggregatorAccounts(GROUP, accounts, token));
    expect(failure).toMatchObject({ class: 'defect', code: 'MalformedCall' });
    expect(requests).toEqual([]);
  });

  it('takes a token of 64 characters', async () => {
    const { call } = scriptedCall(answer);
    const token = 't'.repeat(64);
    expect(await createCloudWriter(call).updateAggregatorAccounts(GROUP, [member(BIG)], token)).toBeDefined();
  });
});
