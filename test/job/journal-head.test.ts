import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createCloudReader } from '../../src/cloud/cloud-reader.ts';
import { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import { readState } from '../../src/emulator/state-file.ts';
import { runTarget } from '../../src/job/run-target.ts';
import { Stop } from '../../src/job/stop.ts';
import { EXIT } from '../../src/model/exit-code.ts';
import { HaltSwitch } from '../../src/model/halt.ts';
import { ROOT } from '../samples/support/built.ts';
import { emulatedCall } from '../simulation/emulated-call.ts';
import { applySettings } from '../support/apply-settings.ts';
import { FakeClock } from '../support/fake-time.ts';
import { heldBytes, notToBeRead } from '../support/held-bytes.ts';

const STATE = join(ROOT, 'samples', 'invalid', 'cloud.yaml');
const TABLE = 'contact_id,member_id\nSecOps,1738084522671234\nSecOps,fd-ZDNPiT1234\n';
/** printf 'contact_id,member_id\nSecOps,1738084522671234\nSecOps,fd-ZDNPiT1234\n' | sha256sum */
const SHA256 = 'a75fc256a4a8d514ec4e8eccb04bcb2df34435616e8324bd772ecdafafa67061';

it('a journal and a report know of the manifest its files and how many entries it has, and hold no entry', async () => {
  const clock = new FakeClock();
  const cloud = new EmulatedCloud(readState(readFileSync(STATE, 'utf8')), { now: () => clock.now() });
  const watch = { leaving: () => undefined, received: () => undefined, answered: () => undefined };
  const openJournal = vi.fn((..._: readonly unknown[]): never => {
    throw new Stop(EXIT.notAllApplied, 'partial', []);
  });
  const work = runTarget(applySettings({ manifest: ['m.csv'] }), {
    readFile: notToBeRead,
    openFile: async () => heldBytes(Buffer.from(TABLE)),
    reader: createCloudReader(emulatedCall(cloud, clock, 10_000, watch)),
    lock: async () => undefined,
    openWriter: () => ({}) as never,
    refusedLeavers: () => new Set(),
    loadExecutor: async () => () => Promise.reject(new Error('nothing was to be sent')),
    openJournal,
    earlierWritesUntil: () => undefined,
    clock,
    random: () => 0.5,
    newToken: () => 'token',
    halt: new HaltSwitch(),
    emit: () => undefined,
  });
  const { manifest } = await clock.finish(work);
  expect(manifest).toEqual({ files: [{ path: 'm.csv', sha256: SHA256 }], entries: 2 });
  expect(openJournal.mock.calls.map((call) => call[2])).toEqual([manifest]);
});
