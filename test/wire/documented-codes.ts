import type { Action } from '../../src/wire/error-codes.ts';

/** The error tables of three reference pages, row by row: status, code, message. */
const DOCUMENTED: readonly { readonly action: Action; readonly rows: string }[] = [
  {
    // Resource Management: AssociateMembers, last updated on 25 July 2025
    action: 'AssociateMembers',
    rows: `
400 InvalidParameter.ContactId          The ContactId is invalid.
400 MissingParameter.ContactId          You must specify ContactId.
400 InvalidParameter.Members            The Members is invalid.
400 InvalidParameter.Members.Duplicate  The Members contains duplicate values.
400 LimitExceeded.ContactMembers        The maximum number of contact members exceeds the limit.
400 InvalidMember                       The member does not exist in the resource directory.
400 ContactStatusMismatchAction         The status of the contact does not allow the specified operation.
404 EntityNotExists.Contact             This Contact does not exist.
429 ConcurrentCallNotSupported          The operation conflicts with other operations. Please try again later.`,
  },
  {
    // Resource Management: DisassociateMembers, last updated on 16 January 2025
    action: 'DisassociateMembers',
    rows: `
400 InvalidParameter.ContactId          The ContactId is invalid.
400 MissingParameter.ContactId          You must specify ContactId.
400 InvalidParameter.Members            The Members is invalid.
400 InvalidParameter.Members.Duplicate  The Members contains duplicate values.
400 InvalidParameter.Members.Length     The maximum number of Members exceeds the limit.
400 QuotaExceeded.Members               The maximum number of Members exceeds the limit.
400 InvalidMember                       The member does not exist in the resource directory.
400 ContactStatusMismatchAction         The status of the contact does not allow the specified operation.
404 EntityNotExists.Contact             This Contact does not exist.`,
  },
  {
    // Cloud Config: UpdateAggregator
    action: 'UpdateAggregator',
    rows: `
400 Invalid.AggregatorAccounts.Empty    You must specify AggregatorAccounts.
400 AggregatorAccountExceedMaxCount     The maximum number of aggregator account is exceeded.
400 AggregatorAccountListDuplicated     The aggregator account list is duplicated.
400 AggregatorAccountListItemDuplicated The aggregator account list item is duplicated.
400 AggregatorAlreadyPending            The aggregator has a pending operation and cannot be updated.
400 AggregatorNameDuplicated            The aggregator name is duplicated.
400 DefaultAggregatorDeleteNotSupport   The default aggregator cannot be deleted.
400 Invalid.AggregatorId.Value          The specified AggregatorId is invalid.
400 Invalid.AccountType.Value           The specified AccountType is invalid.
400 Invalid.AggregatorAccounts.Value    The specified AggregatorAccounts is invalid.
403 AggregatorMemberNoPermission        The aggregator member is not authorized to perform the operation.
404 AccountNotExisted                   Your account does not exist.
503 ServiceUnavailable                  The request has failed due to a temporary failure of the server.`,
  },
];

export interface DocumentedCode {
  readonly action: Action;
  readonly httpStatus: number;
  readonly code: string;
  readonly message: string;
}

export const documentedCodes: readonly DocumentedCode[] = DOCUMENTED.flatMap(({ action, rows }) =>
  rows
    .trim()
    .split('\n')
    .map((row) => {
      const [, status, code, message] = /^(\d{3}) (\S+) +(.+)$/.exec(row) ?? [];
      if (status === undefined || code === undefined || message === undefined) throw new Error(row);
      return { action, httpStatus: Number(status), code, message };
    }),
);
