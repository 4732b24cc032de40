/** One thing that the emulator does as the services do it, or as they are taken to do it. */
export interface Rule {
  /** What the emulator does by default. */
  readonly rule: string;
  /** Where that comes from; for an inferred rule: from what it is inferred, and why this is the default. */
  readonly source: string;
  /** Inferred rules were never held against the service. */
  readonly basis: 'documented' | 'inferred';
  /** The keys of the state file that change it; an inferred rule has at least one. */
  readonly switches: readonly string[];
}

const documented = (rule: string, source: string, ...switches: string[]): Rule => ({
  rule,
  source,
  basis: 'documented',
  switches,
});

const inferred = (rule: string, source: string, ...switches: string[]): Rule => ({
  rule,
  source,
  basis: 'inferred',
  switches,
});

/** Every rule worth knowing. The table of the README is made from it, and tests hold it against the state schema. */
export const RULES: readonly Rule[] = [
  // The wire
  documented(
    'V3 signatures cover the host and every `x-acs-` header, the query and the hash of the body',
    'V3 request structure and signature',
    'behaviour.verifySignature',
  ),
  documented(
    'signatures of the older RPC scheme (HMAC-SHA1) cover query and form',
    'Signature method V2 for RPC APIs',
    'behaviour.verifySignature',
  ),
  documented(
    'a date more than 15 minutes off, a used nonce, an unknown key, and a missing, wrong or expired token are refused',
    'both signature pages; common error codes',
    'behaviour.now',
  ),
  documented(
    'in the older scheme the answer is XML unless Format is JSON',
    'Signature method V2 for RPC APIs; one product page says JSON',
    'behaviour.defaultFormat',
  ),
  inferred(
    'query and form are merged',
    "Terraform's provider sends in the form what the SDKs send in the query, and works",
    'behaviour.formParameters',
  ),
  inferred(
    'there is no rate limit',
    'limits are per API and shown in Quota Center only',
    'quotas.callsPerSecond',
  ),
  inferred(
    'what no page gives a code for is refused with a code made like its neighbours',
    'a client that knows the real code can be given it',
    'faults: error',
  ),

  // Contacts
  documented(
    'a contact has at most 10 targets, a call 5, a directory 20 contacts',
    'Manage contacts for a member',
    'quotas.targetsPerContact',
    'quotas.contacts',
  ),
  documented(
    'a new contact is Verifying; a new address takes effect when its owner clicks',
    'AddMessageContact, UpdateMessageContact',
    'behaviour.verification',
    'quotas.verificationsPerDay',
  ),
  documented(
    'a contact that is not retained in its members is Deleting for a while',
    'DeleteMessageContact; the length is inferred',
    'behaviour.contactDeletionMs',
  ),
  inferred(
    'one write of Resource Directory locks the directory against others, for as long as a call takes',
    'the scope of 429 ConcurrentCallNotSupported is not documented; Terraform meets it between different objects',
    'behaviour.lockScope',
    'behaviour.lockMs',
  ),
  inferred('binding what is bound is success', 'no code for "already bound" is listed', 'behaviour.rebind'),
  inferred(
    'unbinding what is not bound is success',
    'InvalidMember is said of ids outside the directory only',
    'behaviour.unbindAbsent',
  ),
  inferred(
    'a call is applied whole or not at all',
    'the listed errors are about whole calls',
    'faults: partial',
  ),
  inferred(
    'only Active contacts can be bound and unbound',
    'ContactStatusMismatchAction does not name the statuses',
    'behaviour.statusesThatBind',
  ),
  inferred(
    'a binding to the whole directory is listed by its `rd-` id',
    'the API pages say directory id, the guide says root node',
    'behaviour.directorySpelling',
  ),
  inferred(
    'Members lists targets, and the filter Member finds exact targets, not what is inherited',
    'wording of the page: "objects to which the contact is bound"',
    'behaviour.memberFilter',
  ),
  inferred(
    'ListMessageContacts answers a larger page than 100 with 100',
    'its page names no bounds; its siblings have 1 to 100',
    'behaviour.largePages',
    'behaviour.maxPageSize',
  ),
  inferred('reads show writes at once', 'nothing is said of delays', 'behaviour.visibilityDelayMs'),
  inferred(
    'unbinding a folder is done at once',
    'the guide has a background task during which the accounts in it cannot be moved',
    'behaviour.folderUnbindMs',
  ),
  inferred(
    'the id of an account that left stays among the targets',
    'the guide: members that leave keep the contact',
    'behaviour.leaversStayBound',
  ),
  inferred('such an id cannot be unbound: InvalidMember', 'the message of the code', 'behaviour.unbindGone'),

  // Accounts and folders
  documented('folders go five levels deep', 'CreateFolder', 'quotas.folderDepth'),
  documented(
    'a directory has at most 20 accounts and 100 folders, more where the state begins with more',
    'Limits',
    'quotas.accounts',
    'quotas.folders',
  ),
  documented(
    'resource accounts can be deleted only where that is permitted, cloud accounts only be removed',
    'DeleteAccount, RemoveCloudAccount',
    'behaviour.memberDeletion',
  ),

  // Account groups
  documented(
    'at most 5 groups, one of them RD, and 200 accounts in one',
    'CreateAggregator',
    'quotas.aggregators',
    'quotas.accountsPerAggregator',
  ),
  documented('RD and FOLDER groups follow the directory', 'Account groups overview'),
  documented(
    'accounts that leave the directory leave CUSTOM groups',
    'CreateAggregator',
    'behaviour.leaversLeaveGroups',
  ),
  documented('deleting several groups can fail for some of them inside a 200', 'DeleteAggregators'),
  inferred(
    'UpdateAggregator replaces the whole list',
    "acceptance tests of Terraform's provider; there is no call to add or remove one",
    'faults: partial',
  ),
  inferred(
    'a group is pending for 2 s after it was created or updated; what came in is BUILDING meanwhile',
    'AggregatorAlreadyPending names no time, the guide 2 to 10 minutes',
    'behaviour.pendingMs',
  ),
  inferred(
    'an empty list of accounts is refused',
    'the code Invalid.AggregatorAccounts.Empty',
    'behaviour.emptyGroupList',
  ),
  inferred(
    'AggregatorAccounts may have keys with a small first letter',
    "the page's example has small, the SDKs send capital letters",
    'behaviour.smallLetterKeys',
  ),
  inferred(
    'an RD group has the management account among its accounts',
    "Alibaba Cloud's own landing zone adds it to groups by hand",
    'behaviour.managementInGroups',
  ),
  inferred(
    'a folder stands for the folders below it too',
    'the guide: "all members in the folder"',
    'behaviour.nestedFolders',
  ),

  // STS
  documented(
    'AssumeRole gives a key for 15 minutes to 12 hours, an hour if nothing is said',
    'AssumeRole',
    'roles',
  ),
];
