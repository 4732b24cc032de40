import { describe, expect, it } from 'vitest';
import { harness, membersParameters } from './harness.ts';
import { BIG, FINANCE, GONE, LEDGER, MANAGEMENT, PAYMENTS, PENDING, SANDBOX, SECOPS } from './world.ts';

const SIX = [
  '1000000000000011',
  '1000000000000012',
  '1000000000000013',
  '1000000000000014',
  PAYMENTS,
  LEDGER,
];
const ACTIONS = ['AssociateMembers', 'DisassociateMembers'] as const;

describe('AssociateMembers', () => {
  it('binds accounts, folders and the directory, and answers with an entry for each', () => {
    const world = harness();
    const body = world.body(
      'AssociateMembers',
      membersParameters(FINANCE, [BIG, 'fd-Payments', 'rd-3mNq8W']),
    );
    const entry = (MemberId: string) => ({
      ContactId: FINANCE,
      MemberId,
      ModifyDate: '2026-01-15 08:00:00',
    });
    expect(body['Members']).toEqual([entry(BIG), entry('fd-Payments'), entry('rd-3mNq8W')]);
    expect(world.membersOf(FINANCE)).toEqual([BIG, 'fd-Payments', 'rd-3mNq8W']);
  });

  it('adds to what is bound, in order, and takes what is bound already for success', () => {
    const world = harness();
    expect(world.outcome('AssociateMembers', membersParameters(SECOPS, [PAYMENTS, LEDGER]))).toBe('200');
    expect(world.membersOf(SECOPS)).toEqual([PAYMENTS, 'fd-Sandbox', GONE, LEDGER]);
  });

  it('refuses what is bound already when re-binding is strict, and binds nothing of the call', () => {
    const world = harness({ behaviour: { lockScope: 'none', rebind: 'strict' } });
    expect(world.outcome('AssociateMembers', membersParameters(SECOPS, [LEDGER, PAYMENTS]))).toBe(
      '400 InvalidParameter.Members',
    );
    expect(world.membersOf(SECOPS)).toEqual([PAYMENTS, 'fd-Sandbox', GONE]);
    expect(world.outcome('AssociateMembers', membersParameters(SECOPS, [LEDGER]))).toBe('200');
  });

  it('counts ids that left the directory against the limit of targets', () => {
    const world = harness({ quotas: { targetsPerContact: 4 } });
    expect(world.outcome('AssociateMembers', membersParameters(SECOPS, [LEDGER, BIG]))).toBe(
      '400 LimitExceeded.ContactMembers',
    );
    expect(world.outcome('AssociateMembers', membersParameters(SECOPS, [LEDGER, PAYMENTS]))).toBe('200');
  });

  it('reads Members.N in the order of N, also past 9', () => {
    const world = harness();
    const parameters = { ContactId: FINANCE, 'Members.10': BIG, 'Members.2': LEDGER };
    expect(world.outcome('AssociateMembers', parameters)).toBe('200');
    expect(world.membersOf(FINANCE)).toEqual([LEDGER, BIG]);
  });

  it('takes five members in one call', () => {
    const world = harness();
    const five = [PAYMENTS, LEDGER, SANDBOX, BIG, 'fd-Payments'];
    expect(world.outcome('AssociateMembers', membersParameters(FINANCE, five))).toBe('200');
    expect(world.membersOf(FINANCE)).toEqual(five);
  });

  it('takes contacts of the statuses that the state lets bind', () => {
    const world = harness({ behaviour: { statusesThatBind: ['Active', 'Verifying'] } });
    expect(world.outcome('AssociateMembers', membersParameters(PENDING, [LEDGER]))).toBe('200');
  });
});

describe('DisassociateMembers', () => {
  it('unbinds, and takes what is not bound for success', () => {
    const world = harness();
    const body = world.body('DisassociateMembers', membersParameters(SECOPS, [PAYMENTS, LEDGER]));
    expect(body['Members']).toEqual([
      { ContactId: SECOPS, MemberId: PAYMENTS, ModifyDate: '2026-01-15 08:00:00' },
      { ContactId: SECOPS, MemberId: LEDGER, ModifyDate: '2026-01-15 08:00:00' },
    ]);
    expect(world.membersOf(SECOPS)).toEqual(['fd-Sandbox', GONE]);
  });

  it('refuses what is not bound when unbinding is strict, and unbinds nothing of the call', () => {
    const world = harness({ behaviour: { lockScope: 'none', unbindAbsent: 'strict' } });
    expect(world.outcome('DisassociateMembers', membersParameters(SECOPS, [PAYMENTS, LEDGER]))).toBe(
      '400 InvalidMember',
    );
    expect(world.membersOf(SECOPS)).toEqual([PAYMENTS, 'fd-Sandbox', GONE]);
  });

  it('refuses a bound id that is no longer in the directory', () => {
    const world = harness();
    expect(world.outcome('DisassociateMembers', membersParameters(SECOPS, [GONE]))).toBe('400 InvalidMember');
  });
});

describe('both writes', () => {
  it.each([
    ['no contact', {}, '400 MissingParameter.ContactId'],
    ['an ill-formed contact', membersParameters('SecOps', [LEDGER]), '400 InvalidParameter.ContactId'],
    ['an unknown contact', membersParameters('c-Nobody', [LEDGER]), '404 EntityNotExists.Contact'],
    [
      'a contact that is not verified',
      membersParameters(PENDING, [LEDGER]),
      '400 ContactStatusMismatchAction',
    ],
    ['no members', { ContactId: SECOPS }, '400 InvalidParameter.Members'],
    [
      'an ill-formed member',
      membersParameters(SECOPS, ['1.73808E+15', LEDGER]),
      '400 InvalidParameter.Members',
    ],
    ['a member twice', membersParameters(SECOPS, [LEDGER, LEDGER]), '400 InvalidParameter.Members.Duplicate'],
    [
      'the directory in both spellings',
      membersParameters(SECOPS, ['rd-3mNq8W', 'r-Zo0kQ1']),
      '400 InvalidParameter.Members.Duplicate',
    ],
    ['an account elsewhere', membersParameters(SECOPS, ['1999999999999999']), '400 InvalidMember'],
    ['a folder elsewhere', membersParameters(SECOPS, ['fd-Elsewhere']), '400 InvalidMember'],
    ['another directory', membersParameters(SECOPS, ['rd-Other']), '400 InvalidMember'],
    ['the management account', membersParameters(SECOPS, [MANAGEMENT]), '400 InvalidMember'],
  ])('refuse %s', (_, parameters, expected) => {
    for (const action of ACTIONS) {
      const world = harness();
      expect(world.outcome(action, parameters)).toBe(expected);
      expect(world.membersOf(SECOPS)).toEqual([PAYMENTS, 'fd-Sandbox', GONE]);
      expect(world.cloud.calls()[0]?.applied).toBe(false);
    }
  });

  it.each([
    ['AssociateMembers', '400 InvalidParameter.Members'],
    ['DisassociateMembers', '400 InvalidParameter.Members.Length'],
  ])('%s refuses six members', (action, expected) => {
    expect(harness().outcome(action, membersParameters(SECOPS, SIX))).toBe(expected);
  });
});

describe('the whole directory', () => {
  it.each([
    ['rd', 'rd-3mNq8W'],
    ['r', 'r-Zo0kQ1'],
  ])(
    'is spelled %s in the reads, however it was bound, and is unbound by either id',
    (spelling, expected) => {
      for (const id of ['rd-3mNq8W', 'r-Zo0kQ1']) {
        const world = harness({ behaviour: { lockScope: 'none', directorySpelling: spelling } });
        world.answer('AssociateMembers', membersParameters(FINANCE, [id]));
        expect(world.body('GetMessageContact', { ContactId: FINANCE })['Contact']).toMatchObject({
          Members: [expected],
        });
        expect(world.body('ListMessageContacts', { Member: id })['TotalCount']).toBe('1');
        expect(world.membersOf(FINANCE)).toEqual([expected]);
        world.answer('DisassociateMembers', membersParameters(FINANCE, ['r-Zo0kQ1']));
        expect(world.membersOf(FINANCE)).toEqual([]);
      }
    },
  );
});

describe('ListMessageContacts', () => {
  it('lists every field flat, with the targets as bound', () => {
    const body = harness().body('ListMessageContacts', { ContactId: SECOPS });
    expect(body).toMatchObject({ TotalCount: '1', PageNumber: '1', PageSize: '10' });
    expect(body['Contacts']).toEqual([
      {
        ContactId: SECOPS,
        Name: 'SecOps',
        EmailAddress: 'secops@example.com',
        PhoneNumber: '',
        Title: 'Other',
        MessageTypes: [
          'ServiceMessage',
          'FaultMessage',
          'AccountExpenses',
          'SecurityMessage',
          'ActivityMessage',
          'ProductMessage',
        ],
        Members: [PAYMENTS, 'fd-Sandbox', GONE],
        Status: 'Active',
        CreateDate: '2023-03-27 17:19:21',
        AssociatedDate: '2023-03-27 17:19:21',
      },
    ]);
  });

  it.each([
    [{}, [SECOPS, FINANCE, PENDING]],
    [{ Member: PAYMENTS }, [SECOPS]],
    [{ Member: GONE }, [SECOPS]],
    [{ Member: SANDBOX }, []],
    [{ Member: PAYMENTS, ContactId: FINANCE }, []],
    [{ PageSize: '2' }, [SECOPS, FINANCE]],
    [{ PageSize: '2', PageNumber: '2' }, [PENDING]],
    [{ PageSize: '2', PageNumber: '3' }, []],
  ])('with %o lists the right contacts in order of creation', (parameters, expected) => {
    const { Contacts } = harness().body('ListMessageContacts', parameters) as {
      Contacts: { ContactId: string }[];
    };
    expect(Contacts.map(({ ContactId }) => ContactId)).toEqual(expected);
  });

  it('answers a page above the cap with the cap, and counts all', () => {
    const capped = harness({ behaviour: { maxPageSize: 2 } });
    expect(capped.body('ListMessageContacts', { PageSize: '100' })).toMatchObject({
      TotalCount: '3',
      PageSize: '2',
      Contacts: [{ ContactId: SECOPS }, { ContactId: FINANCE }],
    });
    expect(harness().body('ListMessageContacts', { PageSize: '500' })).toMatchObject({ PageSize: '100' });
  });

  it.each([
    [{ ContactId: 'SecOps' }, '400 InvalidParameter.ContactId'],
    [{ ContactId: 'c-Nobody' }, '404 EntityNotExists.Contact'],
    [{ Member: 'x' }, '400 InvalidParameter.Member'],
    [{ Member: '1999999999999999' }, '404 EntityNotExists.Member'],
    [{ PageSize: '0' }, '400 InvalidParameter.PageSize'],
    [{ PageNumber: 'one' }, '400 InvalidParameter.PageNumber'],
  ])('refuses %o', (parameters, expected) => {
    expect(harness().outcome('ListMessageContacts', parameters)).toBe(expected);
  });
});

describe('GetMessageContact', () => {
  it('has no AssociatedDate, unlike the listing', () => {
    const { Contact } = harness().body('GetMessageContact', { ContactId: FINANCE }) as { Contact: object };
    expect(Contact).toMatchObject({ Name: 'Finance', MessageTypes: ['AccountExpenses'], Members: [] });
    expect(Contact).not.toHaveProperty('AssociatedDate');
  });

  it.each([
    [{}, '400 MissingParameter.ContactId'],
    [{ ContactId: 'c_1' }, '400 InvalidParameter.ContactId'],
    [{ ContactId: 'c-Nobody' }, '404 EntityNotExists.Contact'],
  ])('refuses %o', (parameters, expected) => {
    expect(harness().outcome('GetMessageContact', parameters)).toBe(expected);
  });
});
