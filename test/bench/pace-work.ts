import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { CloudCallError } from '../../src/model/cloud-failure.ts';
import { HaltSwitch } from '../../src/model/halt.ts';
import type { ContactId } from '../../src/model/ids.ts';
import type { Clock, CloudWriter, Random } from '../../src/model/ports.ts';
import { createPacedCall } from '../../src/pace/paced-caller.ts';
import { CHUNKS, contactIds } from './pace-service.ts';

/** What came of the work. Refused counts answers of conflict and throttling. */
export interface Tally {
  sent: number;
  refused: number;
  /** Calls that were given up. */
  lost: number;
}

/** Makes all calls, paced as a job's are: the calls of one contact in turn, all contacts side by side. */
export async function pacedWork(
  writer: CloudWriter,
  calls: number,
  concurrency: number,
  clock: Clock,
  random: Random,
): Promise<Tally> {
  const tally: Tally = { sent: 0, refused: 0, lost: 0 };
  const effects = { clock, random, halt: new HaltSwitch(), emit: () => undefined };
  const call = createPacedCall({ concurrency, aggregatorIntervalMs: 1000 }, effects);
  await Promise.all(
    contactIds(calls).map(async (contact) => {
      for (const members of CHUNKS) {
        const description = { lane: 'contact-write', action: 'AssociateMembers', subject: contact } as const;
        const done = call(description, counted(tally, writer, contact, members));
        await done.catch(() => (tally.lost += 1));
      }
    }),
  );
  return tally;
}

/** The same calls as a plain script makes them: p-limit(5) around p-retry with its defaults, one list of calls. */
export async function plainWork(writer: CloudWriter, calls: number): Promise<Tally> {
  const tally: Tally = { sent: 0, refused: 0, lost: 0 };
  const limit = pLimit(5);
  const jobs = contactIds(calls).flatMap((contact) =>
    CHUNKS.map((members) => limit(() => pRetry(counted(tally, writer, contact, members)))),
  );
  const ends = await Promise.allSettled(jobs);
  tally.lost = ends.filter(({ status }) => status === 'rejected').length;
  return tally;
}

function counted(tally: Tally, writer: CloudWriter, contact: string, members: readonly string[]) {
  return async () => {
    tally.sent += 1;
    try {
      return await writer.associateMembers(contact as ContactId, members);
    } catch (error) {
      if (error instanceof CloudCallError && REFUSALS.has(error.failure.class)) tally.refused += 1;
      throw error;
    }
  };
}

const REFUSALS = new Set(['conflict', 'throttled']);
