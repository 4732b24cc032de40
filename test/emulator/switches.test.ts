import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/emulator/request-of.ts';
import { accountsText, type Harness, harness, membersParameters } from './harness.ts';
import { signV1, signV3 } from './signed-call.ts';
import { BIG, BY_FOLDER, CUSTOM, FINANCE, GONE, LEDGER, PAYMENTS, PENDING, SECOPS, WHOLE } from './world.ts';

const with_ = (behaviour: Record<string, unknown>): Harness =>
  harness({ behaviour: { lockScope: 'none', pendingMs: 0, ...behaviour } });

const accountsIn = (world: Harness, AggregatorId: string): string[] => {
  const { Aggregator } = world.body('GetAggregator', { AggregatorId });
  return (Aggregator as { AggregatorAccounts: { AccountId: string }[] }).AggregatorAccounts.map(
    ({ AccountId }) => AccountId,
  );
};

const contactsBoundTo = (world: Harness, Member: string): string[] => {
  const { Contacts } = world.body('ListMessageContacts', { Member });
  return (Contacts as { ContactId: string }[]).map(({ ContactId }) => ContactId);
};

/** Each switch: what the world answers by default, and what when it is turned. */
const CASES: readonly {
  readonly key: string;
  readonly turned: unknown;
  readonly look: (world: Harness) => unknown;
  readonly usual: unknown;
  readonly then: unknown;
}[] = [
  {
    key: 'managementInGroups',
    turned: false,
    look: (world) => accountsIn(world, WHOLE).length,
    usual: 5,
    then: 4,
  },
  {
    key: 'nestedFolders',
    turned: false,
    look: (world) => accountsIn(world, BY_FOLDER),
    usual: [PAYMENTS, LEDGER],
    then: [LEDGER],
  },
  {
    key: 'leaversLeaveGroups',
    turned: false,
    look: (world) => {
      world.cloud.removeAccount(BIG);
      return world.accountsOf(CUSTOM);
    },
    usual: [PAYMENTS],
    then: [PAYMENTS, BIG],
  },
  {
    key: 'leaversStayBound',
    turned: false,
    look: (world) => {
      world.cloud.removeAccount(PAYMENTS);
      return world.membersOf(SECOPS);
    },
    usual: [PAYMENTS, 'fd-Sandbox', GONE],
    then: ['fd-Sandbox', GONE],
  },
  {
    key: 'unbindGone',
    turned: 'accepted',
    look: (world) => world.outcome('DisassociateMembers', membersParameters(SECOPS, [GONE])),
    usual: '400 InvalidMember',
    then: '200',
  },
  {
    key: 'memberFilter',
    turned: 'inherited',
    look: (world) => {
      world.cloud.setContactMembers(FINANCE, ['fd-Production']);
      return contactsBoundTo(world, PAYMENTS);
    },
    usual: [SECOPS],
    then: [SECOPS, FINANCE],
  },
  {
    key: 'largePages',
    turned: 'refused',
    look: (world) => world.outcome('ListMessageContacts', { PageSize: '101' }),
    usual: '200',
    then: '400 InvalidParameter.PageSize',
  },
  {
    key: 'emptyGroupList',
    turned: 'applied',
    look: (world) => world.outcome('UpdateAggregator', { AggregatorId: CUSTOM, AggregatorAccounts: '[]' }),
    usual: '400 Invalid.AggregatorAccounts.Empty',
    then: '200',
  },
  {
    key: 'smallLetterKeys',
    turned: false,
    look: (world) =>
      world.outcome('UpdateAggregator', {
        AggregatorId: CUSTOM,
        AggregatorAccounts: accountsText([LEDGER]).replaceAll('"A', '"a'),
      }),
    usual: '200',
    then: '400 Invalid.AggregatorAccounts.Value',
  },
  {
    key: 'memberDeletion',
    turned: 'Enabled',
    look: (world) => [
      (world.body('GetResourceDirectory')['ResourceDirectory'] as Record<string, unknown>)[
        'MemberDeletionStatus'
      ],
      world.outcome('DeleteAccount', { AccountId: LEDGER }),
      world.body('ListAccounts')['TotalCount'],
    ],
    usual: ['Disabled', '409 NoLicense.ResourceDirectory', '4'],
    then: ['Enabled', '200', '3'],
  },
  {
    key: 'folderUnbindMs',
    turned: 1000,
    look: (world) => {
      const move = { AccountId: '1738084522671236', DestinationFolderId: 'fd-Payments' };
      world.answer('DisassociateMembers', membersParameters(SECOPS, ['fd-Sandbox']));
      const during = world.outcome('MoveAccount', move);
      world.now += 1000;
      return [during, world.outcome('MoveAccount', move)];
    },
    usual: ['200', '200'],
    then: ['429 ConcurrentCallNotSupported', '200'],
  },
  {
    key: 'contactDeletionMs',
    turned: 5000,
    look: (world) => {
      const parameters = { ContactId: FINANCE, RetainContactInMembers: 'false' };
      world.answer('DeleteMessageContact', parameters);
      const bind = world.outcome('AssociateMembers', membersParameters(FINANCE, [LEDGER]));
      world.now += 2000;
      return [bind, world.outcome('GetMessageContact', { ContactId: FINANCE })];
    },
    usual: ['400 ContactStatusMismatchAction', '404 EntityNotExists.Contact'],
    then: ['400 ContactStatusMismatchAction', '200'],
  },
  {
    key: 'verification',
    turned: 'on-send',
    look: (world) => {
      world.answer('UpdateMessageContact', { ContactId: PENDING, EmailAddress: 'new@example.com' });
      world.answer('SendEmailVerificationForMessageContact', {
        ContactId: PENDING,
        EmailAddress: 'new@example.com',
      });
      const { Contact } = world.body('GetMessageContact', { ContactId: PENDING });
      return (Contact as Record<string, unknown>)['Status'];
    },
    usual: 'Verifying',
    then: 'Active',
  },
];

describe('a switch of the behaviour', () => {
  it.each(CASES)('$key: by default', ({ look, usual }) => {
    expect(look(with_({}))).toEqual(usual);
  });

  it.each(CASES)('$key: as $turned', ({ key, turned, look, then }) => {
    expect(look(with_({ [key]: turned }))).toEqual(then);
  });
});

describe('the verification of addresses', () => {
  const NEW = {
    Name: 'Tester',
    EmailAddress: 'a@example.com',
    Title: 'Other',
    'MessageTypes.1': 'FaultMessage',
  };
  const contactOf = (world: Harness, ContactId: string) =>
    world.body('GetMessageContact', { ContactId })['Contact'] as Record<string, unknown>;
  const add = (world: Harness): string =>
    (world.body('AddMessageContact', NEW)['Contact'] as { ContactId: string }).ContactId;

  it('at once: a new contact is Active and can be bound', () => {
    const world = with_({ verification: 'at-once' });
    const id = add(world);
    expect(contactOf(world, id)).toMatchObject({ Status: 'Active', EmailAddress: 'a@example.com' });
    expect(world.outcome('AssociateMembers', membersParameters(id, [LEDGER]))).toBe('200');
    world.answer('UpdateMessageContact', { ContactId: id, EmailAddress: 'b@example.com' });
    expect(contactOf(world, id)).toMatchObject({ EmailAddress: 'b@example.com' });
  });

  it('by hand: an Active contact keeps its address until its owner confirms the new one', () => {
    const world = with_({});
    const id = add(world);
    expect(world.outcome('AssociateMembers', membersParameters(id, [LEDGER]))).toBe(
      '400 ContactStatusMismatchAction',
    );
    world.cloud.verifyContact(id);
    expect(contactOf(world, id)).toMatchObject({ Status: 'Active' });
    world.answer('UpdateMessageContact', {
      ContactId: id,
      EmailAddress: 'b@example.com',
      PhoneNumber: '86-13900001234',
    });
    expect(contactOf(world, id)).toMatchObject({ EmailAddress: 'a@example.com', PhoneNumber: '' });
    expect(world.body('ListMessageContactVerifications', { ContactId: id })).toMatchObject({
      TotalCount: '2',
    });
    expect(
      world.outcome('CancelMessageContactUpdate', { ContactId: id, PhoneNumber: '86-13900001234' }),
    ).toBe('200');
    world.cloud.verifyContact(id);
    expect(contactOf(world, id)).toMatchObject({ EmailAddress: 'b@example.com', PhoneNumber: '' });
    expect(world.body('ListMessageContactVerifications', { ContactId: id })).toMatchObject({
      TotalCount: '0',
    });
  });

  it('sends so many messages a day', () => {
    const world = harness({ behaviour: { lockScope: 'none' }, quotas: { verificationsPerDay: 2 } });
    const parameters = { ContactId: add(world), EmailAddress: 'a@example.com' };
    const send = () => world.outcome('SendEmailVerificationForMessageContact', parameters);
    expect([send(), send(), send()]).toEqual(['200', '200', '409 SendValidateCodeExceedsLimitForAccount']);
    world.now += 24 * 60 * 60 * 1000;
    expect(send()).toBe('200');
  });
});

describe('a call over HTTP', () => {
  const rules = { formParameters: 'merged', defaultFormat: 'xml' } as const;
  const form = { ContactId: FINANCE };

  it('loses what its form says where forms are ignored, for Resource Directory alone', () => {
    const asked = (action: string, formParameters: 'merged' | 'ignored') =>
      requestOf(signV3({ form, headers: { 'x-acs-action': action } }), { ...rules, formParameters })
        .parameters;
    expect(asked('GetMessageContact', 'merged')).toEqual(form);
    expect(asked('GetMessageContact', 'ignored')).toEqual({});
    expect(asked('UpdateAggregator', 'ignored')).toEqual(form);
  });

  it('of the older scheme is answered in the form that the state names, unless it names one', () => {
    const formatOf = (parameters: Record<string, string>, defaultFormat: 'xml' | 'json') =>
      requestOf(signV1(parameters, 'secret'), { ...rules, defaultFormat }).format;
    expect(formatOf({}, 'xml')).toBe('xml');
    expect(formatOf({}, 'json')).toBe('json');
    expect(formatOf({ Format: 'XML' }, 'json')).toBe('xml');
    expect(formatOf({ Format: 'json' }, 'xml')).toBe('json');
  });

  it('of the older scheme is the action that was signed, whatever a header says', () => {
    const call = signV1({ Action: 'ListAccounts', Version: '2022-04-19' }, 'secret');
    const headers = { ...call.headers, 'x-acs-action': 'GetAccount' };
    expect(requestOf({ ...call, headers }, rules)).toMatchObject({
      action: 'ListAccounts',
      version: '2022-04-19',
    });
  });
});
