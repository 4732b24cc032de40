import { expect, it } from 'vitest';
import { waitForEarlierWrites } from '../../src/job/wait-for-earlier-writes.ts';
import { HaltSwitch } from '../../src/model/halt.ts';
import type { JobEvent } from '../../src/model/job-event.ts';
import { FakeClock, START } from '../support/fake-time.ts';

const SETTLE_MS = 30_000;
const HOUR_MS = 3_600_000;

it.each<[string, number | undefined, number]>([
  ['that left no write open', undefined, 0],
  ['whose last open write can take effect no more', START - 1, 0],
  ['whose last open write was sent ten seconds ago', START + 20_000, 20_000],
  ['whose clock was an hour ahead', START + HOUR_MS + SETTLE_MS, SETTLE_MS],
])('the wait after a run %s is no longer than needed', async (_, until, expectedMs) => {
  const clock = new FakeClock();
  const events: JobEvent[] = [];
  const ports = {
    earlierWritesUntil: () => until,
    clock,
    halt: new HaltSwitch(),
    emit: (event: JobEvent) => void events.push(event),
  };
  await clock.finish(waitForEarlierWrites('rd-3mNq8W', SETTLE_MS, ports));
  expect(clock.now() - START).toBe(expectedMs);
  expect(events).toEqual(
    expectedMs === 0
      ? []
      : [{ type: 'wait', reason: 'a write of an earlier run may still take effect', ms: expectedMs }],
  );
});
