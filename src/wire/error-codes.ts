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
    'Nothing was applied. Wait until the account group is free, then the same call with the same token.',
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

export const ERROR_CODES: readonly ErrorCode[] = [
  // AssociateMembers (page of July 2025) and DisassociateMembers (page of January 2025)
  {
    code: 'InvalidParameter.ContactId',
    httpStatus: 400,
    message: 'The ContactId is invalid.',
    class: 'owner-refused',
    on: [...members, 'ListMessageContacts', 'GetMessageContact'],
  },
  {
    code: 'MissingParameter.ContactId',
    httpStatus: 400,
    message: 'You must specify ContactId.',
    class: 'defect',
    on: [...members, 'GetMessageContact'],
  },
  {
    code: 'InvalidParameter.Members',
    httpStatus: 400,
    message: 'The Members is invalid.',
    class: 'member-refused',
    on: members,
  },
  {
    code: 'InvalidParameter.Members.Duplicate',
    httpStatus: 400,
    message: 'The Members contains duplicate values.',
    class: 'defect',
    on: members,
  },
  {
    code: 'InvalidParameter.Members.Length',
    httpStatus: 400,
    message: 'The maximum number of Members exceeds the limit.',
    class: 'defect',
    on: disassociate,
  },
  {
    code: 'QuotaExceeded.Members',
    httpStatus: 400,
    message: 'The maximum number of Members exceeds the limit.',
    class: 'defect',
    on: disassociate,
  },
  {
    code: 'LimitExceeded.ContactMembers',
    httpStatus: 400,
    message: 'The maximum number of contact members exceeds the limit.',
    class: 'owner-refused',
    on: associate,
  },
  {
    code: 'InvalidMember',
    httpStatus: 400,
    message: 'The member does not exist in the resource directory.',
    class: 'member-refused',
    on: members,
  },
  {
    code: 'ContactStatusMismatchAction',
    httpStatus: 400,
    message: 'The status of the contact does not allow the specified operation.',
    class: 'owner-refused',
    on: members,
  },
  {
    code: 'EntityNotExists.Contact',
    httpStatus: 404,
    message: 'This Contact does not exist.',
    class: 'owner-refused',
    on: [...members, 'ListMessageContacts', 'GetMessageContact'],
  },
  {
    code: 'ConcurrentCallNotSupported',
    httpStatus: 429,
    message: 'The operation conflicts with other operations. Please try again later.',
    class: 'conflict',
    on: associate,
  },

  // UpdateAggregator
  {
    code: 'Invalid.AggregatorAccounts.Empty',
    httpStatus: 400,
    message: 'You must specify AggregatorAccounts.',
    class: 'defect',
    on: update,
  },
  {
    code: 'AggregatorAccountExceedMaxCount',
    httpStatus: 400,
    message: 'The maximum number of aggregator account is exceeded.',
    class: 'owner-refused',
    on: update,
  },
  {
    code: 'AggregatorAccountListDuplicated',
    httpStatus: 400,
    message: 'The aggregator account list is duplicated.',
    class: 'owner-refused',
    on: update,
  },
  {
    code: 'AggregatorAccountListItemDuplicated',
    httpStatus: 400,
    message: 'The aggregator account list item is duplicated.',
    class: 'defect',
    on: update,
  },
  {
    code: 'AggregatorAlreadyPending',
    httpStatus: 400,
    message: 'The aggregator has a pending operation and cannot be updated.',
    class: 'pending',
    on: update,
  },
  {
    code: 'AggregatorNameDuplicated',
    httpStatus: 400,
    message: 'The aggregator name is duplicated.',
    class: 'defect',
    on: update,
  },
  {
    code: 'DefaultAggregatorDeleteNotSupport',
    httpStatus: 400,
    message: 'The default aggregator cannot be deleted.',
    class: 'owner-refused',
    on: update,
  },
  {
    code: 'Invalid.AggregatorId.Value',
    httpStatus: 400,
    message: 'The specified AggregatorId is invalid.',
    class: 'owner-refused',
    on: [...update, 'GetAggregator'],
  },
  {
    code: 'Invalid.AccountType.Value',
    httpStatus: 400,
    message: 'The specified AccountType is invalid.',
    class: 'defect',
    on: update,
  },
  {
    code: 'Invalid.AggregatorAccounts.Value',
    httpStatus: 400,
    message: 'The specified AggregatorAccounts is invalid.',
    class: 'member-refused',
    on: update,
  },
  {
    code: 'AggregatorMemberNoPermission',
    httpStatus: 403,
    message: 'The aggregator member is not authorized to perform the operation.',
    class: 'permission',
    on: update,
  },
  {
    code: 'AccountNotExisted',
    httpStatus: 404,
    message: 'Your account does not exist.',
    class: 'credentials',
    on: [...update, 'ListAggregators', 'GetAggregator'],
  },
  {
    code: 'ServiceUnavailable',
    httpStatus: 503,
    message: 'The request has failed due to a temporary failure of the server.',
    class: 'unknown-effect',
    on: [...update, 'ListAggregators', 'GetAggregator', 'gateway'],
  },

  // The reads
  {
    code: 'InvalidParameter.Member',
    httpStatus: 400,
    message: 'The Member is invalid.',
    class: 'defect',
    on: ['ListMessageContacts'],
  },
  {
    code: 'EntityNotExists.Member',
    httpStatus: 404,
    message: 'The member does not exist.',
    class: 'owner-refused',
    on: ['ListMessageContacts'],
  },
  {
    code: 'InvalidParameter.ParentFolderId',
    httpStatus: 400,
    message: 'The ParentFolderId is invalid.',
    class: 'defect',
    on: ['ListFoldersForParent'],
  },
  {
    code: 'MissingParameter.FolderId',
    httpStatus: 400,
    message: 'You must specify FolderId.',
    class: 'defect',
    on: ['GetFolder'],
  },
  {
    code: 'InvalidParameter.FolderId',
    httpStatus: 400,
    message: 'The FolderId is invalid.',
    class: 'owner-refused',
    on: ['GetFolder'],
  },
  {
    code: 'EntityNotExists.Folder',
    httpStatus: 404,
    message: 'The folder does not exist.',
    class: 'owner-refused',
    on: ['ListFoldersForParent', 'GetFolder'],
  },
  {
    code: 'EntityNotExists.ResourceDirectory',
    httpStatus: 404,
    message: 'The resource directory does not exist.',
    class: 'credentials',
    on: ['ListAccounts', 'ListFoldersForParent', 'GetFolder'],
  },
  {
    code: 'ResourceDirectoryNotInUse',
    httpStatus: 404,
    message: 'The resource directory is not enabled.',
    class: 'credentials',
    on: ['GetResourceDirectory'],
  },
  {
    code: 'NoPermission',
    httpStatus: 403,
    message: 'You are not authorized to perform the operation.',
    class: 'permission',
    on: ['ListAggregators', 'gateway'],
  },

  // The gateway, before any service sees the call
  {
    code: 'Throttling',
    httpStatus: 400,
    message: 'Request was denied due to request throttling.',
    class: 'throttled',
    on: gateway,
  },
  {
    code: 'Throttling.User',
    httpStatus: 400,
    message: 'Request was denied due to user flow control.',
    class: 'throttled',
    on: gateway,
  },
  {
    code: 'Throttling.Api',
    httpStatus: 400,
    message: 'Request was denied due to api flow control.',
    class: 'throttled',
    on: gateway,
  },
  {
    code: 'InternalError',
    httpStatus: 500,
    message: 'The request processing has failed due to some unknown error.',
    class: 'unknown-effect',
    on: gateway,
  },
  {
    code: 'SignatureNonceUsed',
    httpStatus: 400,
    message: 'The request signature nonce has been used.',
    class: 'unknown-effect',
    on: gateway,
  },
  {
    code: 'SignatureDoesNotMatch',
    httpStatus: 400,
    message: 'The request signature does not conform to Aliyun standards.',
    class: 'credentials',
    on: gateway,
  },
  {
    code: 'IncompleteSignature',
    httpStatus: 400,
    message: 'The request signature does not conform to Aliyun standards.',
    class: 'credentials',
    on: gateway,
  },
  {
    code: 'InvalidAccessKeyId.NotFound',
    httpStatus: 404,
    message: 'Specified access key is not found.',
    class: 'credentials',
    on: gateway,
  },
  {
    code: 'InvalidAccessKeyId.Inactive',
    httpStatus: 403,
    message: 'Specified access key is disabled.',
    class: 'credentials',
    on: gateway,
  },
  {
    code: 'InvalidSecurityToken.Expired',
    httpStatus: 400,
    message: 'Specified SecurityToken is expired.',
    class: 'credentials',
    on: gateway,
  },
  {
    code: 'InvalidSecurityToken.Malformed',
    httpStatus: 400,
    message: 'Specified SecurityToken is malformed.',
    class: 'credentials',
    on: gateway,
  },
  {
    code: 'InvalidTimeStamp.Expired',
    httpStatus: 400,
    message: 'Specified time stamp or date value is expired.',
    class: 'credentials',
    on: gateway,
  },
  {
    code: 'Forbidden.RAM',
    httpStatus: 403,
    message: 'User not authorized to operate on the specified resource.',
    class: 'permission',
    on: gateway,
  },
  {
    code: 'Forbidden',
    httpStatus: 403,
    message: 'User not authorized to operate on the specified resource.',
    class: 'permission',
    on: gateway,
  },
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
  if (/^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch|InvalidTimeStamp)\b/.test(code))
    return 'credentials';
  if (/^(Forbidden|NoPermission|NotAuthorized|Unauthorized)\b/.test(code)) return 'permission';
  if (httpStatus === 429) return 'throttled';
  if (httpStatus === 401) return 'credentials';
  if (httpStatus === 403) return 'permission';
  return 'unknown-effect';
}
