import { CLOUD_CONFIG } from '../wire/cloud-config.ts';
import { RESOURCE_DIRECTORY } from '../wire/resource-directory.ts';
import { getAggregator, listAggregators } from './aggregator-reads.ts';
import { updateAggregator } from './aggregator-writes.ts';
import { getMessageContact, listMessageContacts } from './contact-reads.ts';
import { associateMembers, disassociateMembers } from './contact-writes.ts';
import {
  getAccount,
  getFolder,
  getResourceDirectory,
  listAccounts,
  listAccountsForParent,
  listFoldersForParent,
} from './directory-reads.ts';
import { found, type Operation } from './operation.ts';

export interface Service {
  readonly product: string;
  readonly version: string;
  /** The service's word for a call that the caller's policies do not allow. */
  readonly deniedCode: string;
}

export interface KnownAction {
  readonly service: Service;
  readonly run: Operation;
  /** Whether it takes part in the lock of Resource Directory writes. */
  readonly locks: boolean;
}

const directory: Service = { ...RESOURCE_DIRECTORY, deniedCode: 'Forbidden.RAM' };
const config: Service = { ...CLOUD_CONFIG, deniedCode: 'NoPermission' };
const sts: Service = { product: 'Sts', version: '2015-04-01', deniedCode: 'Forbidden.RAM' };

const getCallerIdentity: Operation = ({ store }) => {
  const { id } = store.tree.directory.managementAccount;
  return found({
    IdentityType: 'RAMUser',
    AccountId: id,
    PrincipalId: '200000000000000001',
    UserId: '200000000000000001',
    Arn: `acs:ram::${id}:user/emulator`,
  });
};

const read = (service: Service, run: Operation): KnownAction => ({ service, run, locks: false });
const lockingWrite = (run: Operation): KnownAction => ({ service: directory, run, locks: true });

const ACTIONS: ReadonlyMap<string, KnownAction> = new Map([
  ['AssociateMembers', lockingWrite(associateMembers)],
  ['DisassociateMembers', lockingWrite(disassociateMembers)],
  ['ListMessageContacts', read(directory, listMessageContacts)],
  ['GetMessageContact', read(directory, getMessageContact)],
  ['ListAccounts', read(directory, listAccounts)],
  ['ListAccountsForParent', read(directory, listAccountsForParent)],
  ['ListFoldersForParent', read(directory, listFoldersForParent)],
  ['GetFolder', read(directory, getFolder)],
  ['GetAccount', read(directory, getAccount)],
  ['GetResourceDirectory', read(directory, getResourceDirectory)],
  ['ListAggregators', read(config, listAggregators)],
  ['GetAggregator', read(config, getAggregator)],
  ['UpdateAggregator', { service: config, run: updateAggregator, locks: false }],
  ['GetCallerIdentity', read(sts, getCallerIdentity)],
]);

export const findAction = (name: string): KnownAction | undefined => ACTIONS.get(name);

export const knownActionNames = (): readonly string[] => [...ACTIONS.keys()];
