import { z } from 'zod';
import { nonNegative, strict } from './schema-parts.ts';

/** What a fault does to the call it meets. "Applied" says whether a write takes effect all the same. */
export const FAULT_KINDS = [
  /** 400 Throttling.User, not applied. */
  'throttling',
  /** 429 ConcurrentCallNotSupported, not applied. */
  'conflict',
  /** 400 AggregatorAlreadyPending, not applied. */
  'pending',
  /** 503 with a JSON body, not applied. */
  'unavailable',
  /** 503 with an empty body, not applied. */
  'unavailable-empty',
  /** 503 with an HTML body, not applied. */
  'unavailable-html',
  /** 502 with an HTML body, not applied. */
  'bad-gateway-html',
  /** 500 InternalError, not applied. */
  'internal-error',
  /** The code and status of the fault, not applied. */
  'error',
  /** Applied at once, answered after delayMs. */
  'slow',
  /** Never answered, not applied. */
  'silent',
  /** Applied, never answered. */
  'silent-after',
  /** Never answered, applied delayMs later. */
  'late',
  /** Connection reset, not applied. */
  'reset-before',
  /** Applied, then the connection is reset. */
  'reset-after',
  /** Applied, then 503 with a JSON body. */
  'unavailable-after',
  /** Applied, then the first half of the answer's body. */
  'truncated',
  /** Applied, then 200 with an empty body. */
  'empty-ok',
  /** Applied, then 200 with an HTML body. */
  'html-ok',
  /** The first half of the change applied, then 500 InternalError. */
  'partial',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

const callNumber = nonNegative.refine((value) => value >= 1, 'calls are counted from 1');
const callNumbers = z.preprocess(
  (value) => (value === undefined || Array.isArray(value) ? value : [value]),
  z.array(callNumber).min(1).optional(),
);
const times = z.preprocess(
  (value) => (value === 'always' ? Number.MAX_SAFE_INTEGER : value),
  callNumber.optional(),
);
const probability = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.number().min(0).max(1).optional(),
);

/**
 * One fault. `action`, `owner` (a contact's or aggregator's id) and `member` (an id that the call carries) choose
 * the calls it matches. Of those it meets: the ones numbered in `call` (from 1), else each with `probability`,
 * else all, but never more than `times` in total (once when neither `call` nor `probability` is given; or "always").
 */
export const faultSchema = strict({
  action: z.string().optional(),
  owner: z.string().optional(),
  member: z.string().optional(),
  call: callNumbers,
  times,
  probability,
  kind: z.enum(FAULT_KINDS),
  code: z.string().optional(),
  status: nonNegative.optional(),
  message: z.string().optional(),
  retryAfterMs: nonNegative.optional(),
  delayMs: nonNegative.optional(),
});

export type Fault = Readonly<z.output<typeof faultSchema>>;
