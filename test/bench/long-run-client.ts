/** Calls the emulator at the given address, and prints what memory was held after so many calls as JSON. */
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import { createRpcCall } from '../../src/cloud/client.ts';
import { resolveCredential } from '../../src/cloud/credentials.ts';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { CALL_TIMEOUT_MS, CONCURRENCY, MARKS, type Mark } from './long-run-marks.ts';

const MEGABYTE = 2 ** 20;
const endpoint = new URL(process.argv[2] ?? '');
const { accessKeyId, accessKeySecret } = DEFAULT_CREDENTIAL;
const call = createRpcCall({
  directoryEndpoint: endpoint,
  configEndpoint: endpoint,
  credential: await resolveCredential({ keys: { accessKeyId, accessKeySecret } }),
  timeouts: { callMs: CALL_TIMEOUT_MS },
  clock: systemClock,
});

const startedAt = performance.now();
const marks: Mark[] = [];
let made = 0;
for (const target of MARKS) {
  await callUpTo(target);
  marks.push(markNow(false));
}
await wait(CALL_TIMEOUT_MS + 1000);
marks.push(markNow(true));
process.stdout.write(JSON.stringify(marks));

async function callUpTo(target: number): Promise<void> {
  const worker = async (): Promise<void> => {
    while (made < target) {
      made += 1;
      await call({ service: 'directory', action: 'ListMessageContacts', query: { PageSize: '10' } });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

function markNow(waiting: boolean): Mark {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const seconds = (performance.now() - startedAt) / 1000;
  return { calls: made, seconds, heapMb: heapUsed / MEGABYTE, rssMb: rss / MEGABYTE, waiting };
}
