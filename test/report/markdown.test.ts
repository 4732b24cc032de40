import { expect, test } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { markdownCode } from '../../src/report/markdown-code.ts';
import {
  actualState,
  at,
  BILLING,
  binding,
  CHANGES,
  folder,
  planOf,
  planRecord,
  reportOf,
  runRecord,
  targetResult,
} from './sample-run.ts';

test('an apply with every outcome: causes first, then a table of changes', () => {
  expect(renderMarkdown(reportOf())).toBe(`## \`rd-reconcile\` apply: partial

Exit code 3: some changes failed, were skipped, are uncertain, have not become visible, or were undone meanwhile. 5 calls in 12.4 s.

| changes | became | because | what to do |
|---:|---|---|---|
| 1 | failed | \`InvalidMember\` | no member of the directory, says the service; run again, and if that stays so take it out of the manifest |
| 1 | uncertain | \`NoAnswer\` | run again: it reads first and does only what is missing |
| 1 | not-visible | \`acknowledged, not to be seen yet\` | plan again in a few minutes |
| 1 | skipped | \`a bind of this contact failed\` |  |

### \`default\` (\`rd-3mNq8W\`)

3 to bind, 2 to unbind, 1 account to add, 1 account to remove; 14 unchanged, 2 unmanaged.

Planned: 2 AssociateMembers, 1 DisassociateMembers, 1 UpdateAggregator; about 4 s to 3 min. Digest: \`d1\`.

| | of | member | name | from | outcome |
|---|---|---|---|---|---|
| + | contact \`billing\` \`c-aB3dEfGhIjKlMnOp\` | \`rd-3mNq8W\` | \`the whole directory\` | \`manifest.yaml:16\` | uncertain \`NoAnswer: no answer within 10 s\` |
| + | contact \`ops\` \`c-qL4HqKONzOM7a1b2\` | \`1738084522671234\` | \`/Production/Payments/pay-prod\` | \`manifest.yaml:7\` | applied |
| + | contact \`ops\` \`c-qL4HqKONzOM7a1b2\` | \`fd-paym000002\` | \`/Production/Payments\` | \`manifest.yaml:8\` | already \`it was bound when the job came to it\` |
| - | contact \`ops\` \`c-qL4HqKONzOM7a1b2\` | \`1000048568874540\` | \`/Production/old-test\` | \`no line asks for it\` | skipped \`a bind of this contact failed\` |
| - | contact \`ops\` \`c-qL4HqKONzOM7a1b2\` | \`1000048568874549\` |  | \`manifest.yaml:12\` | failed \`InvalidMember: The member is invalid. (request REQ-1)\` |
| + | aggregator \`all-prod\` \`ca-dacf86d8314e00eb1234\` | \`1738084522671234\` | \`/Production/Payments/pay-prod\` | \`manifest.yaml:21\` | not-visible \`not in the list after 30 s (request REQ-1)\` |
| - | aggregator \`all-prod\` \`ca-dacf86d8314e00eb1234\` | \`1000048568874540\` | \`/Production/old-test\` | \`no line asks for it\` | planned |
`);
});

test('a refused plan without changes: reasons and problems, no tables', () => {
  const plan = planOf([], {
    verdict: 'refused',
    reasons: [{ rule: 'emptied', measured: 0, allowed: 1, message: 'ops would be left with nothing' }],
  });
  const problems = [{ code: 'bom', severity: 'warning', source: at(1), message: 'a mark' }] as const;
  expect(
    renderMarkdown(reportOf(planRecord({ plan, problems, result: 'refused', exitCode: 4 }))),
  ).toBe(`## \`rd-reconcile\` plan: refused

Exit code 4: refused by the guard; nothing was written. 5 calls in 12.4 s.

### To look at in \`default\`

- guard \`emptied\`: \`ops would be left with nothing\`
- warning: \`manifest.yaml:1:9\` \`a mark\`

### \`default\` (\`rd-3mNq8W\`)

no changes; 14 unchanged, 2 unmanaged.
`);
});

test.each([
  ['ordinary text is a code span', 'Tony', '`Tony`'],
  ['mentions, tags and links are text in it', '@all <img src=x> [a](b) #1', '`@all <img src=x> [a](b) #1`'],
  ['a line break does not end the row', 'a\n| b', '<code>a&#92;u000a&#124; b</code>'],
  ['a backtick does not end the code', 'a` <b>', '<code>a&#96; &#60;b&#62;</code>'],
  ['a bar after a backslash does not end the cell', 'a\\|b', '<code>a&#92;&#124;b</code>'],
  ['entities in the text stay text', '&lt;`', '<code>&#38;lt&#59;&#96;</code>'],
  ['nothing is nothing', ' ', ''],
])('%s', (_, text, markdown) => {
  expect(markdownCode(text)).toBe(markdown);
});

test('a hostile name changes neither the number of lines nor that of cells', () => {
  const hostile = '`|\n## x\n| <script>alert(1)</script> @all \u202e';
  const rowsOf = (actual = actualState()) =>
    renderMarkdown(reportOf(planRecord({ actual, plan: planOf(CHANGES) }))).split('\n');
  const rows = rowsOf(actualState({ ops: hostile, pay: hostile }));
  expect(rows).toHaveLength(rowsOf().length);
  expect(rows.map((row) => row.split('|').length)).toEqual(rowsOf().map((row) => row.split('|').length));
  expect(rows.join('\n')).not.toMatch(/<script|\u202e/);
});

test('a long report is cut at whole lines below 60,000 characters and says what is left out', () => {
  const changes = Array.from({ length: 2000 }, (_, index) =>
    binding('bind', BILLING, { type: 'folder', id: folder(`fd-${index}`) }),
  );
  const run = runRecord({
    mode: 'plan',
    targets: [targetResult({ plan: planOf(changes), outcomes: new Map() })],
  });
  const markdown = renderMarkdown(reportOf(run));
  const lines = markdown.trimEnd().split('\n');
  const rows = lines.filter((line) => line.startsWith('| + |'));
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(markdown.length).toBeGreaterThan(59_000);
  expect(lines.at(-1)).toBe(
    `${(2000 - rows.length).toLocaleString('en')} lines are left out here; all of it is in the report file, report.json.`,
  );
  expect(rows.every((row) => row.endsWith('| planned |'))).toBe(true);
});
