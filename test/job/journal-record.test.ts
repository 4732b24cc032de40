import { expect, it } from 'vitest';
import type { JournalLine } from '../../src/job/records/journal-line.ts';
import { recordFromJournal } from '../../src/job/records/journal-record.ts';
import { planOf } from '../report/sample-run.ts';
import { bind, contactId, DIRECTORY } from '../support/world.ts';

const CHANGES = [bind('c-ops', 1), bind('c-ops', 2), bind('c-duty', 1)];
const [FIRST = '', SECOND = '', OTHER = ''] = CHANGES.map(({ id }) => id);

const HEAD: JournalLine = {
  line: 'run',
  runId: 'run-1',
  startedAt: 0,
  targetName: 'default',
  directoryId: DIRECTORY.id,
  rootFolderId: DIRECTORY.rootFolderId,
  managementAccountId: DIRECTORY.managementAccountId,
  manifest: { files: [], entries: 3 },
  plan: planOf(CHANGES),
};

const intent = (call: number, owner: string, changeIds: readonly string[]): JournalLine => ({
  line: 'intent',
  call,
  at: call,
  action: 'AssociateMembers',
  owner: contactId(owner),
  changeIds,
  members: [],
  clientToken: undefined,
});

it('of a run that was killed, calls count on from those before that carried the same', () => {
  const record = recordFromJournal([
    HEAD,
    intent(1, 'c-ops', [FIRST, SECOND]),
    intent(2, 'c-duty', [OTHER]),
    intent(3, 'c-ops', [FIRST, SECOND]),
    intent(4, 'c-ops', [SECOND]),
  ]);
  const [target] = record?.targets ?? [];
  expect(target?.calls.map(({ subject, attempt }) => [subject, attempt])).toEqual([
    ['c-ops', 1],
    ['c-duty', 1],
    ['c-ops', 2],
    ['c-ops', 3],
  ]);
  expect([FIRST, SECOND, OTHER].map((id) => target?.outcomes.get(id))).toMatchObject([
    { attempts: 2 },
    { attempts: 3 },
    { attempts: 1 },
  ]);
});
