/**
 * Every error code that the pages of the three writes name, those that the reads and the gateway add,
 * and what follows from each. The retry policy, its tests and the README's table are made from this list.
 */

export type Action =
  | 'AssociateMembers'
  | 'DisassociateMembers'
  | 'UpdateAggregator'
  | 'ListMessageContacts'
  | 'GetMessageContact'
  | 'ListAccounts'
  | 'ListFoldersForParent'
  | 'GetFolder'
  | 'GetResourceDirectory'
  | 'ListAggregators'
  | 'GetAggregator';

/** What a code says about the call. The code decides, never the HTTP status: throttling comes as 400. */
export type ErrorClass =
  /** Refused because another operation is running. Nothing was applied. */
  | 'conflict'
  /** Refused because the account group still works on an earlier update. Nothing was applied. */
  | 'pending'
  /** Refused by flow control. Nothing was applied. */
  | 'throttled'
  /** No answer, an unreadable one, or a server fault: a write may have been applied, or may yet be. */
  | 'unknown-effect'
  /** Refused because of one of the members in the call. */
  | 'member-refused'
  /** Refused because of the contact or the aggregator that the call is about. */
  | 'owner-refused'
  /** Refused because the request is not of the documented form: a defect of this program. */
  | 'defect'
  /** The caller lacks a permission. */
  | 'permission'
  /** The credentials are refused, belong to no resource directory, or the clock is too far off to sign. */
  | 'credentials';

export interface ErrorCode {
  readonly code: string;
  readonly httpStatus: number;
  /** As the page words it. */
  readonly message: string;
  readonly class: ErrorClass;
  /** The actions whose pages list it; `gateway` for codes that any call can meet. */
  readonly on: readonly (Action | 'gateway')[];
}

/** What the executor does about each class: one sentence, shown in the README. */
export const CONSEQUENCES: Readonly<Record<ErrorClass, string>> = {
  conflict: 'Nothing was applied. The same call again after a random, growing wait; fewer calls at a time.',
  pending:
    'Nothing was applied. Wait until the account group is free and read it again; the same list goes out with the same token.',
  throttled: 'Nothing was applied. The same call again, later; fewer calls a second.',
  'unknown-effect': 'The write may have been applied. Read back first; send again only what is missing.',
  'member-refused': 'The call is halved until the refused member stands alone; the others go through.',
  'owner-refused': 'The remaining changes of this contact or account group fail; all others go on.',
  defect: 'Cannot follow from a call of this tool. The change fails and the report asks for a bug report.',
  permission: 'The run stops. What was not sent is skipped.',
  credentials: 'The run stops. What was not sent is skipped.',
};

const associate = ['AssociateMembers'] as const;
const disassociate = ['DisassociateMembers'] as const;
const members = ['AssociateMembers', 'DisassociateMembers'] as const;
const update = ['UpdateAggregator'] as const;
const gateway = ['gateway'] as const;

const row = (
  code: string,
  httpStatus: number,
  errorClass: ErrorClass,
  on: ErrorCode['on'],
  message: string,
): ErrorCode => ({ code, httpStatus, class: errorClass, on, message });

export const ERROR_CODES: readonly ErrorCode[] = [
  // AssociateMembers (page of July 2025) and DisassociateMembers (page of January 2025)
  row(
    'InvalidParameter.ContactId',
    400,
    'owner-refused',
    [...members, 'ListMessageContacts', 'GetMessageContact'],
    'The ContactId is invalid.',
  ),
  row(
    'MissingParameter.ContactId',
    400,
    'defect',
    [...members, 'GetMessageContact'],
    'You must specify ContactId.',
  ),
  row('InvalidParameter.Members', 400, 'member-refused', members, 'The Members is invalid.'),
  row('InvalidParameter.Members.Duplicate', 400, 'defect', members, 'The Members contains duplicate values.'),
  row(
    'InvalidParameter.Members.Length',
    400,
    'defect',
    disassociate,
    'The maximum number of Members exceeds the limit.',
  ),
  row(
    'QuotaExceeded.Members',
    400,
    'defect',
    disassociate,
    'The maximum number of Members exceeds the limit.',
  ),
  row(
    'LimitExceeded.ContactMembers',
    400,
    'owner-refused',
    associate,
    'The maximum number of contact members exceeds the limit.',
  ),
  row(
    'InvalidMember',
    400,
    'member-refused',
    members,
    'The member does not exist in the resource directory.',
  ),
  row(
    'ContactStatusMismatchAction',
    400,
    'owner-refused',
    members,
    'The status of the contact does not allow the specified operation.',
  ),
  row(
    'EntityNotExists.Contact',
    404,
    'owner-refused',
    [...members, 'ListMessageContacts', 'GetMessageContact'],
    'This Contact does not exist.',
  ),
  row(
    'ConcurrentCallNotSupported',
    429,
    'conflict',
    associate,
    'The operation conflicts with other operations. Please try again later.',
  ),

  // UpdateAggregator
  row('Invalid.AggregatorAccounts.Empty', 400, 'defect', update, 'You must specify AggregatorAccounts.'),
  row(
    'AggregatorAccountExceedMaxCount',
    400,
    'owner-refused',
    update,
    'The maximum number of aggregator account is exceeded.',
  ),
  row(
    'AggregatorAccountListDuplicated',
    400,
    'owner-refused',
    update,
    'The aggregator account list is duplicated.',
  ),
  row(
    'AggregatorAccountListItemDuplicated',
    400,
    'defect',
    update,
    'The aggregator account list item is duplicated.',
  ),
  row(
    'AggregatorAlreadyPending',
    400,
    'pending',
    update,
    'The aggregator has a pending operation and cannot be updated.',
  ),
  row('AggregatorNameDuplicated', 400, 'defect', update, 'The aggregator name is duplicated.'),
  row(
    'DefaultAggregatorDeleteNotSupport',
    400,
    'owner-refused',
    update,
    'The default aggregator cannot be deleted.',
  ),
  row(
    'Invalid.AggregatorId.Value',
    400,
    'owner-refused',
    [...update, 'GetAggregator'],
    'The specified AggregatorId is invalid.',
  ),
  row('Invalid.AccountType.Value', 400, 'defect', update, 'The specified AccountType is invalid.'),
  row(
    'Invalid.AggregatorAccounts.Value',
    400,
    'member-refused',
    update,
    'The specified AggregatorAccounts is invalid.',
  ),
  row(
    'AggregatorMemberNoPermission',
    403,
    'permission',
    update,
    'The aggregator member is not authorized to perform the operation.',
  ),
  row(
    'AccountNotExisted',
    404,
    'credentials',
    [...update, 'ListAggregators', 'GetAggregator'],
    'Your account does not exist.',
  ),
  row(
    'ServiceUnavailable',
    503,
    'unknown-effect',
    [...update, 'ListAggregators', 'GetAggregator', 'gateway'],
    'The request has failed due to a temporary failure of the server.',
  ),

  // The reads
  row('InvalidParameter.Member', 400, 'defect', ['ListMessageContacts'], 'The Member is invalid.'),
  row('EntityNotExists.Member', 404, 'owner-refused', ['ListMessageContacts'], 'The member does not exist.'),
  row(
    'InvalidParameter.ParentFolderId',
    400,
    'defect',
    ['ListFoldersForParent'],
    'The ParentFolderId is invalid.',
  ),
  row('MissingParameter.FolderId', 400, 'defect', ['GetFolder'], 'You must specify FolderId.'),
  row('InvalidParameter.FolderId', 400, 'owner-refused', ['GetFolder'], 'The FolderId is invalid.'),
  row(
    'EntityNotExists.Folder',
    404,
    'owner-refused',
    ['ListFoldersForParent', 'GetFolder'],
    'The folder does not exist.',
  ),
  row(
    'EntityNotExists.ResourceDirectory',
    404,
    'credentials',
    ['ListAccounts', 'ListFoldersForParent', 'GetFolder'],
    'The resource directory does not exist.',
  ),
  row(
    'ResourceDirectoryNotInUse',
    404,
    'credentials',
    ['GetResourceDirectory'],
    'The resource directory is not enabled.',
  ),
  row(
    'NoPermission',
    400,
    'permission',
    ['ListAggregators', 'gateway'],
    'You are not authorized to perform the operation.',
  ),

  // The gateway, before any service sees the call
  row('Throttling', 400, 'throttled', gateway, 'Request was denied due to request throttling.'),
  row('Throttling.User', 400, 'throttled', gateway, 'Request was denied due to user flow control.'),
  row('Throttling.Api', 400, 'throttled', gateway, 'Request was denied due to api flow control.'),
  row(
    'InternalError',
    500,
    'unknown-effect',
    gateway,
    'The request processing has failed due to some unknown error.',
  ),
  row('SignatureNonceUsed', 400, 'unknown-effect', gateway, 'The request signature nonce has been used.'),
  row(
    'SignatureDoesNotMatch',
    400,
    'credentials',
    gateway,
    'The request signature does not conform to Aliyun standards.',
  ),
  row(
    'IncompleteSignature',
    400,
    'credentials',
    gateway,
    'The request signature does not conform to Aliyun standards.',
  ),
  row('InvalidAccessKeyId.NotFound', 404, 'credentials', gateway, 'Specified access key is not found.'),
  row('InvalidAccessKeyId.Inactive', 403, 'credentials', gateway, 'Specified access key is disabled.'),
  row('InvalidSecurityToken.Expired', 400, 'credentials', gateway, 'Specified SecurityToken is expired.'),
  row('InvalidSecurityToken.Malformed', 400, 'credentials', gateway, 'Specified SecurityToken is malformed.'),
  row(
    'InvalidTimeStamp.Expired',
    400,
    'credentials',
    gateway,
    'Specified time stamp or date value is expired.',
  ),
  row(
    'Forbidden.RAM',
    403,
    'permission',
    gateway,
    'User not authorized to operate on the specified resource.',
  ),
  row('Forbidden', 403, 'permission', gateway, 'User not authorized to operate on the specified resource.'),
];

const byCode = new Map(ERROR_CODES.map((entry) => [entry.code, entry]));

export const findErrorCode = (code: string): ErrorCode | undefined => byCode.get(code);

/**
 * The class of any code, also of ones that no page lists.
 * Families: whatever names throttling is throttling; the spelling of ConcurrentCallNotSupport(ed) varies.
 * A code that nobody knows says nothing about the effect of a write.
 * @param httpStatus  consulted only for codes that are neither listed nor of a family
 */
export function classifyErrorCode(code: string, httpStatus: number | undefined): ErrorClass {
  const known = byCode.get(code);
  if (known !== undefined) return known.class;
  if (/throttling/i.test(code)) return 'throttled';
  if (code.startsWith('ConcurrentCallNotSupport')) return 'conflict';
  if (/^(OperationConflict|SystemBusy|LockTimeout|OperationBusy)\b/.test(code)) return 'conflict';
  if (
    /^(InvalidAccessKeyId|InvalidSecurityToken|MissingSecurityToken|SignatureDoesNotMatch|InvalidTimeStamp)\b/.test(
      code,
    )
  )
    return 'credentials';
  if (/^(Forbidden|NoPermission|NotAuthorized|Unauthorized)\b/.test(code)) return 'permission';
  if (httpStatus === 429) return 'throttled';
  if (httpStatus === 401) return 'credentials';
  if (httpStatus === 403) return 'permission';
  return 'unknown-effect';
}
