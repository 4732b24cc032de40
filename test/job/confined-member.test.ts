import { expect, test } from 'vitest';
import { canonicalMembers } from '../../src/job/confined-member.ts';
import { DIRECTORY } from '../support/world.ts';

test('the whole directory has one id, however it is spelled; everything else stays as written', () => {
  const written = [
    'directory',
    DIRECTORY.rootFolderId,
    DIRECTORY.id,
    'r-other1',
    'fd-Prod',
    '1738084522671234',
  ];
  const only = { contacts: ['directory'], aggregators: ['ca-1'], members: written };
  expect(canonicalMembers(only, DIRECTORY)).toEqual({
    contacts: ['directory'],
    aggregators: ['ca-1'],
    members: [DIRECTORY.id, DIRECTORY.id, DIRECTORY.id, 'r-other1', 'fd-Prod', '1738084522671234'],
  });
});
