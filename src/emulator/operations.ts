import { CLOUD_CONFIG } from '../wire/cloud-config.ts';
import { RESOURCE_DIRECTORY, RESOURCE_MANAGER } from '../wire/resource-directory.ts';
import { checkAccountDelete, deleteAccount, getAccountDeletionCheckResult } from './account-deletion.ts';
import { createResourceAccount, moveAccount, removeCloudAccount, updateAccount } from './account-writes.ts';
import { createAggregator } from './aggregator-creation.ts';
import { getAggregator, listAggregators } from './aggregator-reads.ts';
import { deleteAggregators } from './aggregator-removal.ts';
import { updateAggregator } from './aggregator-writes.ts';
import { getMessageContact, listMessageContacts } from './contact-reads.ts';
import { addMessageContact, updateMessageContact } from './contact-records.ts';
import { deleteMessageContact, getMessageContactDeletionStatus } from './contact-removal.ts';
import {
  cancelMessageContactUpdate,
  listMessageContactVerifications,
  sendEmailVerification,
  sendPhoneVerification,
} from './contact-verification.ts';
import { associateMembers, disassociateMembers } from './contact-writes.ts';
import {
  getAccount,
  getFolder,
  getPayerForAccount,
  getResourceDirectory,
  listAccounts,
  listAccountsForParent,
  listAncestors,
  listFoldersForParent,
} from './directory-reads.ts';
import { createFolder, deleteFolder, updateFolder } from './folder-writes.ts';
import type { Operation } from './operation.ts';
import { assumeRole, getCallerIdentity } from './sts.ts';
import { listTagResources, tagResources, untagResources } from './tags.ts';

export interface Service {
  readonly product: string;
  readonly version: string;
  /** Of older APIs that have the same action. */
  readonly alsoVersions: readonly string[];
  /** The service's word for a call that the caller's policies do not allow. */
  readonly deniedCode: string;
}

export interface KnownAction {
  readonly service: Service;
  readonly run: Operation;
  /** Whether it takes part in the lock of Resource Directory writes. */
  readonly locks: boolean;
}

const STS_API = { product: 'Sts', version: '2015-04-01' } as const;

const CONTACTS: Service = { ...RESOURCE_DIRECTORY, alsoVersions: [], deniedCode: 'Forbidden.RAM' };
/** The older API of accounts and folders has the same actions, and other clients still call it. */
const DIRECTORY: Service = { ...CONTACTS, alsoVersions: [RESOURCE_MANAGER.version] };
const CONFIG: Service = { ...CLOUD_CONFIG, alsoVersions: [], deniedCode: 'NoPermission' };
const STS: Service = { ...STS_API, alsoVersions: [], deniedCode: 'Forbidden.RAM' };

const withoutLock = (service: Service, run: Operation): KnownAction => ({ service, run, locks: false });
/** That the writes of accounts, folders and tags take part is inferred; for contacts it is documented. */
const lockingWrite = (service: Service, run: Operation): KnownAction => ({ service, run, locks: true });

const CONTACT_ACTIONS: readonly (readonly [string, KnownAction])[] = [
  ['AssociateMembers', lockingWrite(CONTACTS, associateMembers)],
  ['DisassociateMembers', lockingWrite(CONTACTS, disassociateMembers)],
  ['AddMessageContact', lockingWrite(CONTACTS, addMessageContact)],
  ['UpdateMessageContact', lockingWrite(CONTACTS, updateMessageContact)],
  ['DeleteMessageContact', lockingWrite(CONTACTS, deleteMessageContact)],
  ['CancelMessageContactUpdate', lockingWrite(CONTACTS, cancelMessageContactUpdate)],
  ['SendEmailVerificationForMessageContact', withoutLock(CONTACTS, sendEmailVerification)],
  ['SendPhoneVerificationForMessageContact', withoutLock(CONTACTS, sendPhoneVerification)],
  ['GetMessageContact', withoutLock(CONTACTS, getMessageContact)],
  ['ListMessageContacts', withoutLock(CONTACTS, listMessageContacts)],
  ['GetMessageContactDeletionStatus', withoutLock(CONTACTS, getMessageContactDeletionStatus)],
  ['ListMessageContactVerifications', withoutLock(CONTACTS, listMessageContactVerifications)],
];

const DIRECTORY_ACTIONS: readonly (readonly [string, KnownAction])[] = [
  ['GetResourceDirectory', withoutLock(DIRECTORY, getResourceDirectory)],
  ['ListAccounts', withoutLock(DIRECTORY, listAccounts)],
  ['ListAccountsForParent', withoutLock(DIRECTORY, listAccountsForParent)],
  ['GetAccount', withoutLock(DIRECTORY, getAccount)],
  ['GetPayerForAccount', withoutLock(DIRECTORY, getPayerForAccount)],
  ['CreateResourceAccount', lockingWrite(DIRECTORY, createResourceAccount)],
  ['UpdateAccount', lockingWrite(DIRECTORY, updateAccount)],
  ['MoveAccount', lockingWrite(DIRECTORY, moveAccount)],
  ['RemoveCloudAccount', lockingWrite(DIRECTORY, removeCloudAccount)],
  ['CheckAccountDelete', withoutLock(DIRECTORY, checkAccountDelete)],
  ['GetAccountDeletionCheckResult', withoutLock(DIRECTORY, getAccountDeletionCheckResult)],
  ['DeleteAccount', lockingWrite(DIRECTORY, deleteAccount)],
  ['ListFoldersForParent', withoutLock(DIRECTORY, listFoldersForParent)],
  ['GetFolder', withoutLock(DIRECTORY, getFolder)],
  ['ListAncestors', withoutLock(DIRECTORY, listAncestors)],
  ['CreateFolder', lockingWrite(DIRECTORY, createFolder)],
  ['UpdateFolder', lockingWrite(DIRECTORY, updateFolder)],
  ['DeleteFolder', lockingWrite(DIRECTORY, deleteFolder)],
  ['TagResources', lockingWrite(DIRECTORY, tagResources)],
  ['UntagResources', lockingWrite(DIRECTORY, untagResources)],
  ['ListTagResources', withoutLock(DIRECTORY, listTagResources)],
];

const CONFIG_ACTIONS: readonly (readonly [string, KnownAction])[] = [
  ['ListAggregators', withoutLock(CONFIG, listAggregators)],
  ['GetAggregator', withoutLock(CONFIG, getAggregator)],
  ['CreateAggregator', withoutLock(CONFIG, createAggregator)],
  ['UpdateAggregator', withoutLock(CONFIG, updateAggregator)],
  ['DeleteAggregators', withoutLock(CONFIG, deleteAggregators)],
];

const STS_ACTIONS: readonly (readonly [string, KnownAction])[] = [
  ['GetCallerIdentity', withoutLock(STS, getCallerIdentity)],
  ['AssumeRole', withoutLock(STS, assumeRole)],
];

const ACTIONS: ReadonlyMap<string, KnownAction> = new Map([
  ...CONTACT_ACTIONS,
  ...DIRECTORY_ACTIONS,
  ...CONFIG_ACTIONS,
  ...STS_ACTIONS,
]);

export const findAction = (name: string): KnownAction | undefined => ACTIONS.get(name);

export const knownActionNames = (): readonly string[] => [...ACTIONS.keys()];
