import type { Selector } from '../model/manifest.ts';
import type { Fault } from './finding.ts';

/** Where a member can be written. */
export type Place = 'contact' | 'aggregator' | 'except' | 'protected';

/** Why a selector cannot stand where it does; undefined when it can. */
export function memberFit(selector: Selector, place: Place): Fault | undefined {
  if (place === 'contact') return contactFit(selector);
  if (place === 'protected') return undefined;
  return accountsOnly(selector, place === 'except' ? 'except' : 'an aggregator');
}

function contactFit({ type }: Selector): Fault | undefined {
  if (type !== 'management-account') return undefined;
  return {
    code: 'contact-management-account',
    message:
      'the management account cannot be bound to a contact; remove the entry, its own contacts are set in its message center',
  };
}

function accountsOnly({ type }: Selector, where: string): Fault | undefined {
  if (type === 'folder' || type === 'folder-path') {
    return {
      code: 'folder-not-account',
      message: `a folder cannot stand in ${where}, which takes accounts; use accounts-in:`,
    };
  }
  if (type === 'directory') {
    return {
      code: 'directory-not-account',
      message: `the directory cannot stand in ${where}, which takes accounts; use all-accounts`,
    };
  }
  return undefined;
}
