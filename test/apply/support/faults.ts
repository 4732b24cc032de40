import type { WrittenFault } from './emulated-job.ts';

/** A fault that a write can meet, and what a run comes to that meets it once. */
export interface KnownFault {
  readonly name: string;
  readonly fault: WrittenFault;
  /** The exit code of that run. */
  readonly exitCode: number;
  /** Where one kind of write alone can meet it; left out: both can. */
  readonly only?: 'contact' | 'group';
}

const passing = (fault: WrittenFault, name: string = fault.kind): KnownFault => ({
  name,
  fault,
  exitCode: 0,
});
const code = (written: string, status: number, exitCode: number, only?: 'contact' | 'group'): KnownFault => ({
  name: written,
  fault: { kind: 'error', code: written, status },
  exitCode,
  ...(only === undefined ? {} : { only }),
});

/** Every kind of fault that the emulator knows, with the codes and the delays that lead down different ways. */
export const FAULTS: readonly KnownFault[] = [
  passing({ kind: 'throttling' }),
  passing({ kind: 'throttling', retryAfterMs: 700 }, 'throttling that names a delay'),
  passing({ kind: 'conflict' }),
  { ...passing({ kind: 'pending' }), only: 'group' },
  passing({ kind: 'unavailable' }),
  passing({ kind: 'unavailable-empty' }),
  passing({ kind: 'unavailable-html' }),
  passing({ kind: 'bad-gateway-html' }),
  passing({ kind: 'internal-error' }),
  passing({ kind: 'slow', delayMs: 4000 }),
  passing({ kind: 'slow', delayMs: 12_000 }, 'slower than the client waits'),
  passing({ kind: 'silent' }),
  passing({ kind: 'silent-after' }),
  passing({ kind: 'late', delayMs: 1000 }, 'applied before the client gives up'),
  passing({ kind: 'late', delayMs: 11_000 }, 'applied just after the client gave up'),
  passing({ kind: 'late', delayMs: 25_000 }, 'applied long after the client gave up'),
  passing({ kind: 'reset-before' }),
  passing({ kind: 'reset-after' }),
  passing({ kind: 'unavailable-after' }),
  passing({ kind: 'truncated' }),
  passing({ kind: 'empty-ok' }),
  passing({ kind: 'html-ok' }),
  passing({ kind: 'partial' }),
  code('SignatureNonceUsed', 400, 0),
  code('SomethingThatNoPageNames', 400, 0),
  code('ContactStatusMismatchAction', 400, 3, 'contact'),
  code('LimitExceeded.ContactMembers', 400, 3, 'contact'),
  code('AggregatorAccountExceedMaxCount', 400, 3, 'group'),
  code('Invalid.AggregatorAccounts.Value', 400, 0, 'group'),
  code('Forbidden.RAM', 403, 77),
  code('InvalidAccessKeyId.Inactive', 403, 77),
];
