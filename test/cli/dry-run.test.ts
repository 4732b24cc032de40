import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  ACCOUNTS,
  cloud,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  GROUP,
  isWrite,
  OPS,
  smallState,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

/** Adds, and removes from a contact and a group. */
const MOVES = `version: 1
contacts:
  - contact: ${OPS}
    bind: ["${ACCOUNTS[0]}", "${ACCOUNTS[4]}"]
aggregators:
  - aggregator: ${GROUP}
    accounts: ["${ACCOUNTS[3]}"]
`;

const CODES_OF_A_PLAN = [0, 2, 4, 5];
const RUNS = Number(process.env['DRY_RUNS'] ?? 12);

const either = (...flags: readonly (readonly string[])[]) => fc.constantFrom([], ...flags);

const mixOfFlags = fc
  .tuple(
    either(['--ownership', 'add-only'], ['--ownership', 'listed'], ['--ownership', 'exclusive']),
    either(['--on-guard', 'additions-only'], ['--on-guard', 'refuse']),
    either(['--max-removals', '0'], ['--max-removals', '9'], ['--max-removal-share', '1']),
    either(['--allow-removals', '2'], ['--allow-uncovered', '1']),
    either(['--max-changes', '1'], ['--max-changes', '99']),
    either(['--contact', OPS], ['--aggregator', GROUP], ['--member', ACCOUNTS[4] ?? '']),
    either(['--expect', 'a'.repeat(64)]),
    either(['--json'], ['--quiet'], ['--log-level', 'trace']),
    either(['--concurrency', '1'], ['--concurrency', '20']),
    either(['--settle', '0'], ['--wait', '1s'], ['--format', 'json,markdown']),
  )
  .map((parts) => parts.flat());

test('whatever its flags, a plan sends no write', async () => {
  const emulator = await cloud();
  const at = desk({ 'drift.yaml': DRIFT_MANIFEST, 'moves.yaml': MOVES });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('drift.yaml', 'moves.yaml'), mixOfFlags, async (manifest, flags) => {
      const before = emulator.cloud.calls().length;
      const { code, stderr } = await at.run(['plan', manifest, '--endpoint', emulator.url, ...flags]);
      expect(CODES_OF_A_PLAN, stderr).toContain(code);
      const calls = emulator.cloud.calls().slice(before);
      expect(calls.length).toBeGreaterThan(0);
      expect(calls.filter(isWrite)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 120_000);

test('a plan needs no permission to write', async () => {
  const deny = ['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator'];
  const key = { accessKeyId: 'EmulatorAccessKeyId', accessKeySecret: 'EmulatorAccessKeySecret' };
  const emulator = await cloud(smallState({ credentials: [{ ...key, deny }] }));
  const at = desk({ 'moves.yaml': MOVES });
  const planned = await at.run(['plan', 'moves.yaml', '--endpoint', emulator.url]);
  expect(planned.code, planned.stderr).toBe(2);
  expect(writesOf(emulator)).toEqual([]);
  const applied = await at.run(['apply', 'moves.yaml', '--endpoint', emulator.url, '--settle', '0']);
  expect(applied.code).toBe(77);
  expect(writesOf(emulator).every(({ applied: tookEffect }) => !tookEffect)).toBe(true);
});
