/**
 * Resource Directory (product ResourceDirectoryMaster, version 2022-04-19) as documented.
 * Pages: `api-resourcedirectorymaster-2022-04-19-<action>` of the Resource Management reference.
 * Every parameter travels in the query string; arrays are flattened to `Members.1`, `Members.2`, ...
 * Traps: lists of accounts, folders and tags are wrapped (`Accounts.Account`), those of contacts,
 * members and message types are flat; the reads return Members as text, the writes as objects.
 */

export const RESOURCE_DIRECTORY = { product: 'ResourceDirectoryMaster', version: '2022-04-19' } as const;

/** Source: resource directory endpoints page. The account's site decides, not a region. */
export const RESOURCE_DIRECTORY_ENDPOINTS = {
  china: 'https://resourcedirectory.aliyuncs.com',
  international: 'https://resourcedirectory-intl.aliyuncs.com',
} as const;

/** AssociateMembers page: "Valid values of N: 1 to 5". */
export const MAX_MEMBERS_PER_CALL = 5;
/** User guide, "Manage contacts for a member": 10 root nodes, folders or members. No way to raise it is named. */
export const DEFAULT_TARGETS_PER_CONTACT = 10;
/** Same page, June 2026. */
export const DEFAULT_CONTACTS_PER_DIRECTORY = 20;
/** "Limits" of Resource Management: both can be raised. */
export const DEFAULT_ACCOUNTS_PER_DIRECTORY = 20;
export const DEFAULT_FOLDERS_PER_DIRECTORY = 100;
/** CreateFolder page: "a maximum of five levels", Root not counted. */
export const MAX_FOLDER_DEPTH = 5;
/** User guide, "Manage contacts for a member". */
export const VERIFICATIONS_PER_DAY = 100;
/** AddMessageContact page. */
export const CONTACT_TITLES = [
  'FinanceDirector',
  'TechnicalDirector',
  'MaintenanceDirector',
  'CEO',
  'ProjectDirector',
  'Other',
] as const;
/** The older API of accounts and folders, which other clients still call; it has no contacts. */
export const RESOURCE_MANAGER = { product: 'ResourceManager', version: '2020-03-31' } as const;
/** Documented for accounts and folders; inferred for contacts, whose page names no bound. */
export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 10;

export const CONTACT_STATUSES = ['Verifying', 'Active', 'Deleting'] as const;

export const MESSAGE_TYPES = [
  'ServiceMessage',
  'FaultMessage',
  'AccountExpenses',
  'SecurityMessage',
  'ActivityMessage',
  'ProductMessage',
] as const;

export interface MembersRequest {
  readonly ContactId: string;
  /** One to five ids of a resource directory, folders or members. */
  readonly Members: readonly string[];
}

/** AssociateMembers and DisassociateMembers answer alike. */
export interface MembersResponse {
  readonly RequestId: string;
  readonly Members: readonly {
    readonly ContactId: string;
    readonly MemberId: string;
    /** `YYYY-MM-DD HH:mm:ss`, no zone. */
    readonly ModifyDate: string;
  }[];
}

interface NumberedPageRequest {
  readonly PageNumber?: number;
  /** 1 to 100, default 10. */
  readonly PageSize?: number;
}

interface NumberedPageResponse {
  readonly RequestId: string;
  readonly TotalCount: number;
  readonly PageNumber: number;
  readonly PageSize: number;
}

export interface ListMessageContactsRequest extends NumberedPageRequest {
  readonly ContactId?: string;
  /** The id of a bound object. Exact match (inferred). */
  readonly Member?: string;
}

export interface ListMessageContactsResponse extends NumberedPageResponse {
  readonly Contacts: readonly WireContact[];
}

export interface GetMessageContactRequest {
  readonly ContactId: string;
}

export interface GetMessageContactResponse {
  readonly RequestId: string;
  readonly Contact: WireContact;
}

export interface WireContact {
  readonly ContactId: string;
  readonly Name: string;
  readonly EmailAddress?: string;
  readonly PhoneNumber?: string;
  readonly Title?: string;
  readonly MessageTypes: readonly string[];
  /** Targets as bound, not the accounts that inherit through a folder (inferred). */
  readonly Members: readonly string[];
  readonly Status: string;
  readonly CreateDate: string;
  /** In listings only. */
  readonly AssociatedDate?: string;
}

export interface ListAccountsRequest extends NumberedPageRequest {
  /** 1 to 100. Setting it makes token paging take precedence; this tool pages by number. */
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly QueryKeyword?: string;
  readonly IncludeTags?: boolean;
  readonly Tag?: readonly WireTag[];
}

export interface ListAccountsResponse extends NumberedPageResponse {
  readonly NextToken?: string;
  readonly Accounts: { readonly Account: readonly WireAccount[] };
}

export interface WireAccount {
  /** Text here, a number in Cloud Config. */
  readonly AccountId: string;
  readonly AccountName?: string;
  readonly DisplayName: string;
  readonly FolderId: string;
  readonly ResourceDirectoryId: string;
  /** `rd-.../r-.../fd-.../<accountId>`. */
  readonly ResourceDirectoryPath: string;
  readonly JoinMethod: string;
  readonly JoinTime: string;
  readonly ModifyTime: string;
  readonly Status: string;
  readonly Type: string;
  readonly DeletionStatus?: string;
  readonly Tags?: { readonly Tag: readonly WireTag[] };
}

export interface WireTag {
  readonly Key: string;
  readonly Value: string;
}

export interface ListFoldersForParentRequest extends NumberedPageRequest {
  /** Left out: the first level below Root. */
  readonly ParentFolderId?: string;
  readonly QueryKeyword?: string;
}

export interface ListFoldersForParentResponse extends NumberedPageResponse {
  readonly Folders: {
    readonly Folder: readonly {
      readonly FolderId: string;
      readonly FolderName: string;
      readonly CreateTime: string;
    }[];
  };
}

export interface GetFolderRequest {
  readonly FolderId: string;
}

export interface GetFolderResponse {
  readonly RequestId: string;
  readonly Folder: {
    readonly FolderId: string;
    readonly FolderName: string;
    readonly ParentFolderId: string;
    readonly CreateTime: string;
    readonly ResourceDirectoryPath: string;
  };
}

export interface GetResourceDirectoryResponse {
  readonly RequestId: string;
  readonly ResourceDirectory: {
    readonly ResourceDirectoryId: string;
    readonly RootFolderId: string;
    readonly MasterAccountId: string;
    readonly MasterAccountName: string;
    readonly CreateTime: string;
    readonly ControlPolicyStatus?: string;
    readonly MemberDeletionStatus?: string;
    readonly IdentityInformation?: string;
  };
}
