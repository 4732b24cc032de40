import { describe, expect, it } from 'vitest';
import { contract, members } from './contract.ts';

const { call, outcome, settled, until, target } = await contract();

const FIELDS = {
  Name: 'ContractTest',
  EmailAddress: 'contract@example.com',
  Title: 'Other',
  'MessageTypes.1': 'SecurityMessage',
  'MessageTypes.2': 'FaultMessage',
};

async function added(changes: Record<string, string> = {}): Promise<string> {
  const { Contact } = await call('AddMessageContact', { ...FIELDS, ...changes });
  return (Contact as { ContactId: string }).ContactId;
}

const removed = (ContactId: string) => settled('DeleteMessageContact', { ContactId });

describe.runIf(target.mayWrite)('a contact', () => {
  it('is added as Verifying, read back, changed and deleted', async () => {
    const ContactId = await added();
    expect(ContactId).toMatch(/^c-\w{16}$/);
    expect(await call('GetMessageContact', { ContactId })).toMatchObject({
      Contact: {
        ContactId,
        Name: 'ContractTest',
        Title: 'Other',
        MessageTypes: ['SecurityMessage', 'FaultMessage'],
        Members: [],
        Status: 'Verifying',
      },
    });
    expect(await settled('UpdateMessageContact', { ContactId, Name: 'Contract', Title: 'CEO' })).toBe('200');
    expect(await call('GetMessageContact', { ContactId })).toMatchObject({
      Contact: { Name: 'Contract', Title: 'CEO', MessageTypes: ['SecurityMessage', 'FaultMessage'] },
    });
    expect(await call('DeleteMessageContact', { ContactId })).toMatchObject({ Status: 'Deleted' });
    expect(await outcome('GetMessageContact', { ContactId })).toBe('EntityNotExists.Contact');
  });

  it('waits for the verification of its address, which can be asked for', async () => {
    const ContactId = await added();
    expect(await call('ListMessageContactVerifications', { ContactId })).toMatchObject({
      TotalCount: 1,
      ContactVerifications: [{ ContactId, Target: FIELDS.EmailAddress }],
    });
    const send = (EmailAddress: string) =>
      outcome('SendEmailVerificationForMessageContact', { ContactId, EmailAddress });
    expect(await send('other@example.com')).toBe('EntityNotExists.Contact.Verification');
    expect(await send('nobody')).toBe('InvalidParameter.EmailAddress');
    if (!target.isReal) expect(await send(FIELDS.EmailAddress)).toBe('200');
    const phone = { ContactId, PhoneNumber: '86-13900001234' };
    expect(await outcome('SendPhoneVerificationForMessageContact', phone)).toBe(
      'EntityNotExists.Contact.Verification',
    );
    expect(await outcome('CancelMessageContactUpdate', phone)).toBe('ContactStatusMismatchAction');
    await removed(ContactId);
  });

  it('that is not retained in its members is Deleting for a while', async () => {
    const ContactId = await added();
    const parameters = { ContactId, RetainContactInMembers: 'false' };
    expect(await call('DeleteMessageContact', parameters)).toMatchObject({ Status: 'Deleting' });
    expect(await call('GetMessageContactDeletionStatus', { ContactId })).toMatchObject({
      ContactDeletionStatus: { ContactId, Status: 'Deleting' },
    });
    const { Contacts } = await until(
      'ListMessageContacts',
      { PageSize: '100' },
      (answer) => !JSON.stringify(answer['Contacts']).includes(ContactId),
    );
    expect(Contacts).not.toContainEqual(expect.objectContaining({ ContactId }));
  });

  it.each([
    [{ Name: '' }, 'MissingParameter.Name'],
    [{ Name: 'a1' }, 'InvalidParameter.Name'],
    [{ Name: 'a' }, 'InvalidParameter.Name.Length'],
    [{ Name: 'abcdefghijklm' }, 'InvalidParameter.Name.Length'],
    [{ PhoneNumber: '139' }, 'InvalidParameter.PhoneNumber'],
    [{ PhoneNumber: '49-1701234567' }, 'InvalidParameter.MobileCountryCode'],
    [{ EmailAddress: 'nobody' }, 'InvalidParameter.EmailAddress'],
  ])('is not added with %o: %s', async (changes, code) => {
    expect(await outcome('AddMessageContact', { ...FIELDS, ...changes })).toBe(code);
  });

  it('has a name of its own', async () => {
    const ContactId = await added();
    expect(await settled('AddMessageContact', FIELDS)).toBe('InvalidParameter.Name.AlreadyUsed');
    await removed(ContactId);
  });
});

describe.runIf(target.mayWrite)('the bindings of a contact', () => {
  it('come and go by one call each, and each answers with what it did', async () => {
    const { Contacts } = await call('ListMessageContacts', { PageSize: '100' });
    const active = (Contacts as { ContactId: string; Status: string; Members: string[] }[]).find(
      ({ Status, Members }) => Status === 'Active' && Members.length === 0,
    );
    const { Accounts } = await call('ListAccounts', { PageSize: '2' });
    const ids = (Accounts as { Account: { AccountId: string }[] }).Account.map(({ AccountId }) => AccountId);
    if (active === undefined) return;
    const { ContactId } = active;
    expect((await call('AssociateMembers', members(ContactId, ids)))['Members']).toEqual(
      ids.map((MemberId) => ({ ContactId, MemberId, ModifyDate: expect.any(String) as string })),
    );
    expect(await call('GetMessageContact', { ContactId })).toMatchObject({ Contact: { Members: ids } });
    expect(await settled('DisassociateMembers', members(ContactId, ids))).toBe('200');
    expect(await call('GetMessageContact', { ContactId })).toMatchObject({ Contact: { Members: [] } });
  });
});
